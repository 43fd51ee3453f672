import express from "express";
import { headline, summarize } from "./summarize.js";

const app = express();
app.use(express.json({ limit: "1mb" }));

app.post("/summaries", async (req, res, next) => {
  try {
    const summary = await summarize(String(req.body.text ?? ""));
    res.json({ summary, headline: await headline(summary) });
  } catch (e) {
    next(e);
  }
});

app.listen(Number(process.env.PORT ?? 8080));
