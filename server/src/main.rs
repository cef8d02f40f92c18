//! The binary `cep-tracker`.
fn main() {}
