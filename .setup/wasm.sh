# shellcheck shell=bash
# The browser part: cargo and wasm-bindgen -> target/site/pkg/app.js, app_bg.wasm.
# wasm-opt is left out on purpose: it saves 7 % after cargo's own size profile, and Debian's (108) turns a good file into
# one that fails in the browser (its table of JavaScript values comes out as a table of functions).

PKG="target/site/pkg"
BINDGEN="" # command line taking INPUT OUT_DIR OUT_NAME

# The version of a package in Cargo.lock.
locked_version() {
  awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

bindgen_from_path() {
  wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section \
    --out-dir "$2" --out-name "$3" "$1"
}

# need_bindgen: exactly the version in Cargo.lock, from PATH or built once into $TOOLS.
need_bindgen() {
  local version dir
  version="$(locked_version wasm-bindgen)"
  [[ -n "$version" ]] || die "Cargo.lock names no version of wasm-bindgen."
  if have wasm-bindgen && [[ "$(wasm-bindgen --version)" == "wasm-bindgen $version" ]]; then
    BINDGEN=bindgen_from_path
    return
  fi
  dir="$TOOLS/bindgen-$version"
  BINDGEN="$dir/bindgen"
  if [[ "$BINDGEN" -nt .setup/bindgen/main.rs ]]; then return; fi
  note "building wasm-bindgen $version (once, about 20 s)"
  mkdir -p "$dir"
  cat >"$dir/Cargo.toml" <<TOML
[package]
name = "bindgen"
version = "0.0.0"
edition = "2024"
[[bin]]
name = "bindgen"
path = "main.rs"
[dependencies]
wasm-bindgen-cli-support = "=$version"
[profile.dev]
debug = false
incremental = false
[workspace]
TOML
  cp .setup/bindgen/main.rs "$dir/main.rs"
  logged bindgen env CARGO_TARGET_DIR="$dir/target" cargo build --manifest-path "$dir/Cargo.toml"
  mv "$dir/target/debug/bindgen" "$BINDGEN"
  rm -rf "$dir/target"
}

# build_wasm: compiles the browser part and, when it changed, lays it out anew for the server.
build_wasm() {
  local wasm="$TARGET/$WASM_TARGET/wasm-release/app.wasm" next="$PKG.next"
  logged wasm env "${WASM_ENV[@]}" "${WASM_CARGO[@]}" build -p app --lib --profile wasm-release \
    --no-default-features --features hydrate --target "$WASM_TARGET"
  if [[ "$PKG/app_bg.wasm" -nt "$wasm" && "$PKG/app_bg.wasm" -nt .setup/wasm.sh && -f "$PKG/app.js" ]]; then return; fi
  rm -rf "$next"
  mkdir -p "$next"
  logged bindgen-run "$BINDGEN" "$wasm" "$next" app
  rm -rf "$PKG"
  mv "$next" "$PKG"
  touch "$PKG/app_bg.wasm"
}
