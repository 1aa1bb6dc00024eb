#!/bin/bash
# Puts on a Debian machine what the tests use besides npm's packages: browsers, PostgreSQL, PgBouncer, nginx, oathtool, pdftotext, a reader of YAML, systemd's check of a service, applications that sign people in.
# As root it installs what is missing and says so; else it prints the command and exits 1.
set -euo pipefail

missing=()
need() { # need PACKAGE TEST...: the package is missing when the test fails
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb'; }

need chromium test -x /usr/bin/chromium
need chromium-headless-shell test -x /usr/bin/chromium-headless-shell
need firefox-esr test -x /usr/bin/firefox-esr
need libapache2-mod-auth-openidc test -f /usr/lib/apache2/modules/mod_auth_openidc.so
need nginx-light test -x /usr/sbin/nginx
need oathtool command -v oathtool
need pgbouncer test -x /usr/sbin/pgbouncer
need poppler-utils command -v pdftotext
need postgresql has_postgresql
need python3-authlib /usr/bin/python3 -c 'import authlib, requests'
need python3-yaml /usr/bin/python3 -c 'import yaml'
need systemd command -v systemd-analyze
need webkit2gtk-driver test -x /usr/bin/WebKitWebDriver
need xauth command -v xauth
need xvfb command -v xvfb-run

[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
echo "The tests need programs that this machine lacks: ${missing[*]}" >&2
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  echo "On Debian, install them with:" >&2
  echo "  sudo apt-get update && sudo $install" >&2
  exit 1
fi

echo "Installing them: $install" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update
$install
