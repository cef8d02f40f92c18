# shellcheck shell=bash
# What the browser tests need: node, npm, Chromium with fonts, and the packages that end2end/package-lock.json names.

need_browser() {
  local packages=()
  have node || packages+=(nodejs)
  have npm || packages+=(npm)
  CHROMIUM="$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)"
  [[ -n "$CHROMIUM" ]] || packages+=(chromium fonts-dejavu-core fonts-inter)
  if ((${#packages[@]})); then
    apt_install "The browser tests need node, npm and Chromium" "${packages[@]}"
    CHROMIUM="$(command -v chromium || command -v chromium-browser || command -v google-chrome)"
  fi
  export CHROMIUM PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
}

need_npm_packages() {
  local installed=end2end/node_modules/.package-lock.json
  if [[ "$installed" -nt end2end/package-lock.json ]]; then return; fi
  logged npm-ci npm --prefix end2end ci --no-audit --no-fund
  touch "$installed"
}
