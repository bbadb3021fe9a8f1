import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "slack-blocks-to-jsx/dist/style.css";
import "adaptivecards/lib/adaptivecards.css";
import "./base.css";
import "./slack.css";
import "./teams.css";

const page = document.getElementById("page");
if (page) createRoot(page).render(<StrictMode><App /></StrictMode>);
