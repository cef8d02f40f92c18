//! The one thing we need of wasm-bindgen's command line: a `.wasm` from cargo in, a JavaScript module and its `.wasm` out.
//!
//! Compiled by `.setup/wasm.sh` against the library behind that command line, in the version of `Cargo.lock`. It takes
//! 20 seconds to build where the whole command line, with its test runner and HTTP client, takes more than two minutes.

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [input, out_dir, out_name] = args.as_slice() else {
        return Err("usage: bindgen INPUT.wasm OUT_DIR OUT_NAME".into());
    };
    Bindgen::new()
        .input_path(input)
        .out_name(out_name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out_dir)?;
    Ok(())
}
