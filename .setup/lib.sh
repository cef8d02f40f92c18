# shellcheck shell=bash
# What every set-up script needs: numbered steps with times, plain errors, system packages.
# Sourced, never run. Left out on purpose: colours, retries, anything that knows what is being built.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT" || exit
TARGET="${CARGO_TARGET_DIR:-target}"
TOOLS="$TARGET/tools"  # what the set-up builds for itself
LOGS="$TARGET/setup"   # what a step printed, kept for the case that it fails
mkdir -p "$TOOLS" "$LOGS"

# Builds read the committed .sqlx, never a database; make's job server is not for cargo.
export SQLX_OFFLINE="${SQLX_OFFLINE:-true}"
export DEBIAN_FRONTEND=noninteractive
unset MAKEFLAGS MFLAGS MAKELEVEL

STEP=0 STEPS="${STEPS:-1}" STEP_NAME="" STEP_START=0

# minutes SECONDS -> "3 min 05 s" or "7 s"
minutes() {
  if (($1 < 60)); then echo "$1 s"; else printf '%d min %02d s\n' $(($1 / 60)) $(($1 % 60)); fi
}

# step TEXT: begins the next numbered step.
step() {
  STEP=$((STEP + 1)) STEP_NAME="$1" STEP_START=$SECONDS
  echo "[$STEP/$STEPS] $STEP_NAME …"
}

# step_done [TEXT]: ends it, with the time it took.
step_done() {
  echo "      ${1:-done}, $(minutes $((SECONDS - STEP_START)))"
}

note() { echo "      $*"; }

# die SENTENCE…: says what is wrong and what to do, and stops.
die() {
  printf 'cep-tracker: %s\n' "$@" >&2
  exit 1
}

# logged LOG COMMAND…: runs it quietly; when it fails, shows the end of what it printed.
logged() {
  local log="$LOGS/$1.log"
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    die "This step failed: $*" "All it printed is in $log."
  fi
}

have() { command -v "$1" >/dev/null 2>&1; }

APT_UPDATED=no

# apt_install WHY PACKAGE…: installs Debian packages, or says with which command root does.
apt_install() {
  local why="$1"
  shift
  have apt-get || die "$why. Install it with your system's packages (Debian calls them: $*), then run this again."
  [[ "$(id -u)" == 0 ]] || die "$why, and only root can install it. Run: sudo apt-get install -y $*"
  note "installing Debian's $*"
  if [[ "$APT_UPDATED" == no ]]; then
    logged apt-update apt-get update
    APT_UPDATED=yes
  fi
  logged apt-install apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" </dev/null
}
