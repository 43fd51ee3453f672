const { BigQuery } = require("@google-cloud/bigquery");
const bigquery = new BigQuery({ keyFilename: "key.json", projectId: "acme-prod" });
async function rows() {
  const [r] = await bigquery.query({ query: "SELECT id FROM `acme-prod.sales.orders` LIMIT 10" });
  return r;
}
rows().then((r) => console.log(r.length));
