# One command per chore; CI calls the same ones. The work is in .setup/.
.DEFAULT_GOAL := help
.PHONY: help run test lint fmt unit e2e bench sqlx clean

help: ## list these commands
	@grep -E '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## /  make \1\t/' | expand -t 16

run: ## set up, build and serve on http://127.0.0.1:3000 (ADDR=127.0.0.1:4000 make run: elsewhere)
	@exec .setup/run.sh

test: ## everything: format, lints, Rust tests, browser tests
	@exec .setup/test.sh

unit: ## the Rust tests alone
	@test -x end2end/node_modules/.bin/prism || npm --prefix end2end ci
	SQLX_OFFLINE=true cargo test --workspace

e2e: ## the browser tests alone
	@exec .setup/test.sh e2e

lint: ## format and lints alone
	cargo fmt --all --check
	SQLX_OFFLINE=true cargo clippy --workspace --all-targets -- -D warnings
	@if command -v shellcheck >/dev/null; then shellcheck -x .setup/*.sh .ci/run; fi

fmt: ## format the Rust code
	cargo fmt --all

bench: ## the benchmarks, into target/bench.md
	@exec .setup/bench.sh

sqlx: ## write .sqlx anew after a change of SQL or migrations
	@exec .setup/sqlx.sh

clean: ## remove everything that was built (not the data)
	cargo clean
	rm -rf end2end/node_modules end2end/test-results end2end/playwright-report
