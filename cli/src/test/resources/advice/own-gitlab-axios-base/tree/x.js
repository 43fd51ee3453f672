const axios = require("axios");
require("dotenv").config();
const api = axios.create({ baseURL: "https://gitlab.com/api/v4", headers: { "PRIVATE-TOKEN": process.env.GITLAB_TOKEN } });
api.get("/projects/acme%2Fapp/pipelines").then((r) => console.log(r.data.length));
