# shellcheck shell=bash disable=SC2034 # WASM_ENV and WASM_CARGO are for wasm.sh
# The compiler of the browser part. The server is always built with the ordinary toolchain.
#
# Two ways, the first that works: the ordinary toolchain with its wasm32 library (rustup can add it), or Debian's
# compiler, whose packages bring the library's source: that is compiled once into $TOOLS, nothing outside is changed.
# WASM_TOOLCHAIN=debian skips the first way.

WASM_TARGET=wasm32-unknown-unknown
DEBIAN_RUSTC=/usr/bin/rustc
WASM_ENV=() # the environment in which cargo builds for wasm
WASM_CARGO=(cargo)

need_cargo() {
  if ! have cargo || ! have rustc; then
    die "Rust is missing (the commands cargo and rustc). Install it from https://rustup.rs, then run this again."
  fi
  have cc || apt_install "The C compiler that Rust links with (cc) is missing" gcc libc6-dev
}

ordinary_has_wasm() {
  [[ "${WASM_TOOLCHAIN:-}" != debian ]] || return 1
  compgen -G "$(rustc --print sysroot)/lib/rustlib/$WASM_TARGET/lib/libstd-*.rlib" >/dev/null
}

# Fails within 40 seconds where the library cannot be downloaded.
rustup_adds_wasm() {
  [[ "${WASM_TOOLCHAIN:-}" != debian ]] && have rustup || return 1
  timeout 40 rustup target add "$WASM_TARGET" >"$LOGS/rustup.log" 2>&1 && ordinary_has_wasm
}

debian_sysroot() { echo "$TOOLS/wasm-sysroot-$("$DEBIAN_RUSTC" --version | cut -d' ' -f2)"; }

debian_is_installed() {
  [[ -x "$DEBIAN_RUSTC" && -x /usr/bin/cargo && -e /usr/lib/rustlib/src/rust/library/Cargo.lock ]] && have wasm-ld
}

debian_is_ready() { [[ -x "$DEBIAN_RUSTC" && -f "$(debian_sysroot)/complete" ]]; }

# Compiles Rust's library for wasm32 from Debian's source package.
build_debian_sysroot() {
  local sysroot work="$TOOLS/wasm-std"
  sysroot="$(debian_sysroot)"
  note "compiling Rust's library for the browser (once, about 30 s)"
  mkdir -p "$work/src"
  : >"$work/src/lib.rs"
  cat >"$work/Cargo.toml" <<'TOML'
[package]
name = "empty"
version = "0.0.0"
edition = "2024"
[profile.release]
opt-level = "z"
panic = "abort"
[workspace]
TOML
  logged wasm-std env -u RUSTUP_TOOLCHAIN RUSTC="$DEBIAN_RUSTC" RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
    /usr/bin/cargo build --release --manifest-path "$work/Cargo.toml" \
    -Z build-std=std,panic_abort --target "$WASM_TARGET"
  local lib="$sysroot/lib/rustlib/$WASM_TARGET/lib"
  mkdir -p "$lib"
  cp "$work/target/$WASM_TARGET"/release/deps/*.rlib "$lib/"
  rm -rf "$lib"/libempty-*.rlib "$work"
  touch "$sysroot/complete"
}

# rustup's own rust-lld where there is one, else Debian's wasm-ld.
wasm_linker() {
  local host lld
  host="$(rustc -vV | sed -n 's/^host: //p')"
  lld="$(rustc --print sysroot)/lib/rustlib/$host/bin/rust-lld"
  if [[ -x "$lld" ]]; then echo "$lld"; else echo wasm-ld; fi
}

use_debian() {
  WASM_CARGO=(/usr/bin/cargo)
  WASM_ENV=(
    -u RUSTUP_TOOLCHAIN
    RUSTC="$DEBIAN_RUSTC"
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$(wasm_linker)"
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--sysroot=$(realpath "$(debian_sysroot)")"
  )
}

# need_wasm_toolchain: sets WASM_CARGO and WASM_ENV, or stops with the command that root has to run.
need_wasm_toolchain() {
  if ordinary_has_wasm; then return; fi
  if ! debian_is_ready; then
    if rustup_adds_wasm; then return; fi
    if ! debian_is_installed; then
      apt_install "Rust's library for the browser ($WASM_TARGET) is missing and rustup cannot download it" \
        rustc-web cargo-web rust-web-src lld
    fi
    build_debian_sysroot
  fi
  use_debian
}
