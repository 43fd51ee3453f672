import express from "express";
import { Octokit } from "octokit";

const octokit = new Octokit({ auth: process.env.DEPLOY_TOKEN });
const app = express();
app.use(express.json());

app.post("/deploy/:environment", async (req, res) => {
  await octokit.request("POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches", {
    owner: "acme",
    repo: "deployments",
    workflow_id: "deploy.yml",
    ref: "main",
    inputs: { environment: req.params.environment },
  });
  res.status(202).end();
});

app.listen(3000);
