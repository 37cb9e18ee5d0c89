//! `xiezhi`: parses the command line, opens the house.
use clap::Parser as _;

fn main() -> std::process::ExitCode {
    app::cli::main(app::cli::Cli::parse())
}
