import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "slack-blocks-to-jsx/dist/style.css";
import "adaptivecards/lib/adaptivecards.css";
import "./base.css";
import "./slack.css";
import "./teams.css";

// The token is a cookie by now; here it would stay in the history.
if (location.search) history.replaceState(null, "", location.pathname);

const page = document.getElementById("page");
if (page) createRoot(page).render(<StrictMode><App /></StrictMode>);
