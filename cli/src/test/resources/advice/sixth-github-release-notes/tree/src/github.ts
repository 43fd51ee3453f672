import { Octokit } from "octokit";

import { token } from "./config.js";

export const octokit = new Octokit({ auth: token(), userAgent: "release-notes/1.0" });
