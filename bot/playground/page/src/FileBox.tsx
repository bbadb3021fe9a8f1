import type { PageFile } from "./types";

interface Props {
  file: PageFile;
  /** Answers whether a file may be saved; only where the bot asks. */
  onAnswer?: (accept: boolean) => void;
}

/** A file of a message: to be downloaded, or, where the bot asks, to be allowed. */
export function FileBox({ file, onAnswer }: Props) {
  const asks = file.asks !== null && onAnswer !== undefined;
  return (
    <div className="file-box">
      <svg width="16" height="20" viewBox="0 0 16 20" aria-hidden="true">
        <path fill="none" stroke="currentColor" d="M1.5 1.5h8l5 5v12h-13zM9.5 1.5v5h5" />
      </svg>
      <div>
        {file.asks === null ? (
          <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(file.text)}`} download={file.name}>
            {file.name}
          </a>
        ) : (
          <strong>{file.name}</strong>
        )}
        {file.asks !== null && <p>{file.asks}</p>}
        {asks && (
          <div className="file-answers">
            <button type="button" onClick={() => onAnswer(true)}>
              Allow
            </button>
            <button type="button" onClick={() => onAnswer(false)}>
              Decline
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
