import { createServer } from "node:http";
import { caption } from "./captions.js";
import { settings } from "./settings.js";

createServer(async (request, response) => {
  const name = new URL(request.url, "http://localhost").searchParams.get("name");
  response.end(await caption(`pictures/${name.replaceAll("/", "")}`));
}).listen(settings.port);
