#!/usr/bin/env bash
set -euo pipefail
nft add rule inet filter output ip daddr @upstreams tcp dport 443 accept
nft list set inet filter upstreams
