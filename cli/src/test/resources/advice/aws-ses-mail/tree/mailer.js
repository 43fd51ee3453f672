const { SESClient, SendEmailCommand } = require("@aws-sdk/client-ses");

const ses = new SESClient({
  region: "eu-west-1",
  credentials: {
    accessKeyId: "@@aws-id@@",
    secretAccessKey: "@@aws@@",
  },
});

exports.welcome = async function welcome(address, name) {
  const command = new SendEmailCommand({
    Source: "hello@acme.example",
    Destination: { ToAddresses: [address] },
    Message: {
      Subject: { Data: "Welcome" },
      Body: { Text: { Data: `Hello ${name}, good to have you.` } },
    },
  });
  return ses.send(command);
};
