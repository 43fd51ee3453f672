import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";

import { marked } from "marked";

const searchKey = process.env.SEARCH_KEY ?? "";
const layout = await readFile("layout.html", "utf8");

await mkdir("public", { recursive: true });
for (const name of await readdir("pages")) {
  const html = marked.parse(await readFile(`pages/${name}`, "utf8"));
  const page = layout.replace("<!-- content -->", html).replace("SEARCH_KEY", searchKey);
  await writeFile(`public/${name.replace(/\.md$/, ".html")}`, page);
}
