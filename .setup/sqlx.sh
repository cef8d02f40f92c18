#!/usr/bin/env bash
# make sqlx: writes .sqlx anew, the description of every query against which builds without a database are checked.
# A throw-away PostgreSQL gets the migrations; sqlx's macros write the descriptions while cargo checks the server.
# sqlx-cli is left out on purpose: `cargo sqlx prepare` does the same, after minutes of building itself.
set -euo pipefail
STEPS=2
# shellcheck source=.setup/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=.setup/toolchain.sh
source .setup/toolchain.sh
# shellcheck source=.setup/postgres.sh
source .setup/postgres.sh

need_cargo
DATABASE_URL="" need_postgres
BIN="$(postgres_bin)"
WORK="$(mktemp -d /tmp/cep-sqlx.XXXXXX)"

# PostgreSQL refuses to run as root: there it runs as the user postgres.
as_postgres() {
  if [[ "$(id -u)" == 0 ]]; then setpriv --reuid postgres --regid postgres --init-groups -- "$@"; else "$@"; fi
}
cleanup() {
  as_postgres "$BIN/pg_ctl" stop -D "$WORK/data" -m immediate -s || true
  rm -rf "$WORK"
}

step "starting a throw-away PostgreSQL and applying the migrations"
[[ "$(id -u)" != 0 ]] || chown postgres: "$WORK"
trap cleanup EXIT
logged initdb as_postgres "$BIN/initdb" -D "$WORK/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
logged pg-start as_postgres "$BIN/pg_ctl" start -w -D "$WORK/data" -l "$WORK/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$WORK' -c fsync=off"
for migration in migrations/*.sql; do
  [[ -e "$migration" && "$migration" != *.down.sql ]] || continue
  logged psql psql -X -q -v ON_ERROR_STOP=1 --single-transaction -h "$WORK" -U postgres -d postgres -f "$migration"
done
step_done

step "checking every query"
rm -rf .sqlx
mkdir .sqlx
touch server/src/lib.rs
DATABASE_URL="postgres://postgres@localhost/postgres?host=$WORK" SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$ROOT/.sqlx" \
  cargo check -p server --all-targets
step_done "$(find .sqlx -name 'query-*.json' | wc -l) queries described"
