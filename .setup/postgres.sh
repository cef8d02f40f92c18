# shellcheck shell=bash
# PostgreSQL's server programs. Only found or installed here: the server starts its own private PostgreSQL.

# Prints the folder that holds initdb and postgres; fails when there is none.
postgres_bin() {
  local dir
  for dir in "$(dirname "$(readlink -f "$(command -v postgres || echo /nowhere/postgres)")")" \
    "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin; do
    if [[ -x "$dir/postgres" && -x "$dir/initdb" ]]; then
      echo "$dir"
      return
    fi
  done
  return 1
}

need_postgres() {
  if [[ -n "${DATABASE_URL:-}" ]] || postgres_bin >/dev/null; then return; fi
  # Debian's package would start a cluster of its own on port 5432; nobody asked for that one.
  if [[ "$(id -u)" == 0 && -d /etc && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
  fi
  apt_install "PostgreSQL's server programs (initdb, postgres) are missing" postgresql
  postgres_bin >/dev/null || die "PostgreSQL was installed, but initdb and postgres are in none of the usual places."
}
