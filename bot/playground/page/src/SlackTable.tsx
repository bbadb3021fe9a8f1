import { useState } from "react";
import type { Json } from "./types";

interface Cell {
  text: string;
  value: number | string;
  url: string | null;
}

/** A cell's text, what it is sorted by, and where it leads. */
function read(cell: Json): Cell {
  const runs = ((cell["elements"] as Json[] | undefined) ?? []).flatMap((part) => part["elements"] as Json[]);
  const link = runs.find((run) => run["type"] === "link");
  const text = runs.length ? runs.map((run) => run["text"] as string).join("") : (cell["text"] as string);
  const shown = text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
  return { text: shown, value: (cell["value"] as number) ?? shown, url: (link?.["url"] as string) ?? null };
}

/** A `data_table`, which the renderer of blocks does not know: sorted by a press on a column's name, in pages. */
export function SlackTable({ block }: { block: Json }) {
  const [header = [], ...rows] = (block["rows"] as Json[][]).map((row) => row.map(read));
  const [sorted, setSorted] = useState<{ column: number; down: boolean } | null>(null);
  const [page, setPage] = useState(0);
  const size = (block["page_size"] as number) ?? 5;
  const ordered = [...rows];
  if (sorted) {
    const key = (row: Cell[]) => row[sorted.column]?.value ?? "";
    const compare = (a: number | string, b: number | string) =>
      typeof a === "number" && typeof b === "number"
        ? a - b
        : String(a).localeCompare(String(b), undefined, { numeric: true });
    ordered.sort((a, b) => compare(key(a), key(b)) * (sorted.down ? -1 : 1));
  }
  const pages = Math.ceil(rows.length / size);
  return (
    <div className="slack-table" role="group" aria-label={block["caption"] as string} tabIndex={0}>
      <table className="slack-data-table">
        <thead>
          <tr>
            {header.map((cell, column) => (
              <th
                key={column}
                aria-sort={sorted?.column === column ? (sorted.down ? "descending" : "ascending") : "none"}
              >
                <button
                  type="button"
                  onClick={() => setSorted({ column, down: sorted?.column === column && !sorted.down })}
                >
                  {cell.text}
                  <span aria-hidden="true">{sorted?.column === column ? (sorted.down ? " ↓" : " ↑") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.slice(page * size, (page + 1) * size).map((row, number) => (
            <tr key={number}>
              {row.map((cell, column) => (
                <td key={column}>
                  {cell.url ? (
                    <a href={cell.url} target="_blank" rel="noreferrer">
                      {cell.text}
                    </a>
                  ) : (
                    cell.text
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <p className="slack-pages">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            Back
          </button>
          {page + 1} of {pages}
          <button type="button" disabled={page + 1 === pages} onClick={() => setPage(page + 1)}>
            Next
          </button>
        </p>
      )}
    </div>
  );
}
