#!/usr/bin/env bash
# Brings the real servers that test/peers talks to from Debian's packages: Postfix, Dovecot, Radicale and Xandikos. Run as root.
# Nothing is started here, and nothing that is installed already is touched; the tests start what they need on loopback and stop it.
set -euo pipefail
# Servers live where the path of an ordinary user does not lead.
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"

missing=()
for pair in postfix:postfix dovecot:dovecot-imapd dovecot-lda:dovecot-lmtpd radicale:radicale xandikos:xandikos; do
  command -v "${pair%%:*}" >/dev/null || [ -x "/usr/lib/dovecot/${pair%%:*}" ] || missing+=("${pair#*:}")
done
[ -x /usr/lib/dovecot/lmtp ] || missing+=(dovecot-lmtpd)
[ ${#missing[@]} -eq 0 ] && exit 0

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# RUNLEVEL=1 keeps the packages' own services from being started on this machine.
RUNLEVEL=1 apt-get install -y -q --no-install-recommends "${missing[@]}"
