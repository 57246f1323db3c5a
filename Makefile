# What one does with this house. Each line does one thing; the scripts behind it are in tools/.
.DEFAULT_GOAL := help
.PHONY: run test lint fmt bench bench-full ui demo-files clean help

run: ## build what has changed and start the demo community
	@tools/run

test: ## every test, on SQLite, on PostgreSQL and in the browser
	@tools/test

lint: ## formatting, lints, and the checks of the house
	@tools/lint

fmt: ## format the Rust sources
	cargo fmt --all

bench: ## measure beside the limits of this machine (at most 20 minutes)
	@tools/bench

bench-full: ## the same, with 1,000,000 cases and 126,449 grids
	@tools/bench --full

ui: ## build styles, scripts and the map, when they have changed
	@tools/ui

demo-files: ## write the committed files of the demo community anew
	WEIGE_REWRITE_DEMO=1 cargo test --locked -p demo --test files

clean: ## remove everything that was built; data stay
	cargo clean
	rm -rf ui/dist ui/node_modules

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14
