const { PubSub } = require("@google-cloud/pubsub");

const pubsub = new PubSub({ projectId: "acme-prod", keyFilename: "gcp-key.json" });
const topic = pubsub.topic("orders");

exports.announce = async function announce(order) {
  return topic.publishMessage({ json: order, attributes: { kind: "order.created" } });
};
