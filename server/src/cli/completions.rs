//! `cep-tracker completions`: shell completions.

use clap_complete::Shell;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// For which shell, e.g. `cep-tracker completions bash > /etc/bash_completion.d/cep-tracker`.
    shell: Shell,
}

/// Prints the completions.
pub fn run(args: &Args, command: &mut clap::Command) {
    clap_complete::generate(args.shell, command, "cep-tracker", &mut std::io::stdout());
}
