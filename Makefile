# Everything one does with the house. `make help` lists it.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/xiezhi/target
DATA ?= ./data/demo
# Sizes and modes of the benchmark: --sizes 10000,100000,1000000 or --quick
BENCH ?=
LISTEN ?= 127.0.0.1:8080

.PHONY: help setup check test demo bench clean
.DEFAULT_GOAL := help

help:   ## 列出各项
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'
setup:  ## 装好测试所需（PostgreSQL、Chromium、中文和公文字体、axe-core、LibreOffice）
	@scripts/setup
check:  ## 格式、代码检查、依赖许可
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	@if command -v cargo-deny >/dev/null; then cargo deny --offline check licenses bans sources; \
	else echo '跳过依赖许可检查：未安装 cargo-deny。安装：cargo install --locked cargo-deny'; fi
test: setup ## 全部测试
	@if command -v cargo-nextest >/dev/null; then scripts/pg run cargo nextest run --workspace --locked; \
	else scripts/pg run cargo test --workspace --locked --all-targets; fi
	cargo test --workspace --locked --doc
demo:   ## 建好演示城市并打开服务
	cargo run --locked -p xiezhi -- demo --data $(DATA) --listen $(LISTEN)
bench:  ## 量一量快慢，打印一张表
	cargo run --locked --release -p xiezhi --example bench -- $(BENCH)
clean:  ## 删去编译结果与演示数据
	cargo clean
	rm -rf ./data/demo
