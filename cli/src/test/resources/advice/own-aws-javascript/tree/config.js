module.exports = {
  accessKeyId: "@@aws-id@@",
  secretAccessKey: "@@aws@@",
  bucket: "acme-uploads",
};
