const API = 'https://api.cloudflare.com/client/v4';
const ZONE = process.env.CLOUDFLARE_ZONE_ID;

async function call(path, body) {
  const answer = await fetch(`${API}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${process.env.CLOUDFLARE_API_TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { success, errors } = await answer.json();
  if (!success) throw new Error(errors.map((e) => e.message).join('; '));
}

await call(`/zones/${ZONE}/purge_cache`, { purge_everything: true });
// await call(`/zones/${ZONE}/dns_records`, { type: 'CNAME', name: 'www', content: 'acme.example' });
