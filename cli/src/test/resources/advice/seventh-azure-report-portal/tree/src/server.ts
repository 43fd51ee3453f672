import express from "express";
import session from "express-session";
import { sessionSecret } from "./azure.js";
import { list, read } from "./reports.js";

const app = express();
app.use(session({ secret: await sessionSecret(), resave: false, saveUninitialized: false }));

app.get("/reports/:year", async (request, response) => {
  response.json(await list(request.params.year));
});

app.get("/reports/:year/:name", async (request, response) => {
  const { year, name } = request.params;
  response.type("application/pdf").send(await read(year, name));
});

app.listen(3000);
