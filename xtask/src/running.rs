//! `cargo xtask run`: from a fresh clone to a page in the browser.

use std::env;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::crates;
use crate::node::Modules;
use crate::places::Places;
use crate::say;
use crate::serving::Setup;
use crate::site;
use crate::tools;

const ADDRESS: &str = "127.0.0.1:3000";

/// Builds what has changed, serves it, and ends with it.
pub fn run(places: &Places) -> Result<()> {
    let address = address()?;
    // First of all: nobody should wait ten minutes to learn this.
    is_free(address)?;
    let setup = Setup {
        binary: places.target.join("release/alongside"),
        address,
        data: data(places)?,
        database: env::var("DATABASE_URL").ok(),
        log: None,
        is_alone: false,
    };
    let lock = places.lock()?;
    places.has_room()?;
    if !setup.binary.exists() {
        say::step("Building everything: the first time this takes about 10 minutes on two cores.");
    }
    let modules = Modules::or_without(places);
    crates::fetch(places)?;
    site::build(places, modules.as_ref())?;
    release_server(places)?;
    say::step("Starting the server.");
    setup.migrate_shared(places)?;
    setup.load_demo(places)?;
    let server = setup.serve(places)?;
    // The next build may begin: this one is running.
    drop(lock);
    say::step(format!("Open http://{address} in a browser. Ctrl-C ends it."));
    let status = server.wait()?;
    if !status.success() {
        bail!("The server ended by itself ({status}): what it said stands above.");
    }
    Ok(())
}

pub fn release_server(places: &Places) -> Result<()> {
    say::step("Building the server (the first time 6 minutes, after a change one or two, else a second).");
    let mut cargo = tools::cargo_without_flags(places);
    cargo.args(["build", "--release", "-p", "server", "--bin", "alongside"]);
    tools::succeed(
        tools::quiet_in_a_log(&mut cargo),
        "The server does not compile: what the compiler said stands above.",
    )
}

fn data(places: &Places) -> Result<PathBuf> {
    match env::var_os("ALONGSIDE_DATA").filter(|it| !it.is_empty()) {
        // The server starts in the checkout, so a path must not depend on where this was typed.
        Some(path) => Ok(std::path::absolute(path)?),
        None => Ok(places.checkout.join("data")),
    }
}

fn address() -> Result<SocketAddr> {
    let text = env::var("ALONGSIDE_ADDR").unwrap_or_else(|_| ADDRESS.to_owned());
    text.parse()
        .with_context(|| format!("ALONGSIDE_ADDR is {text}, which is no address: write it like {ADDRESS}."))
}

fn is_free(address: SocketAddr) -> Result<()> {
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            let other = SocketAddr::new(address.ip(), address.port().wrapping_add(1));
            bail!(
                "Port {} is in use: end what uses it, or choose another with ALONGSIDE_ADDR={other} cargo xtask run.",
                address.port()
            )
        }
        Err(error) => {
            bail!("The address {address} cannot be used ({error}): choose another with ALONGSIDE_ADDR.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_named_with_a_way_out() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = is_free(taken.local_addr().unwrap()).unwrap_err().to_string();
        assert!(error.contains("is in use") && error.contains("ALONGSIDE_ADDR=127.0.0.1:"), "{error}");
        let free = taken.local_addr().unwrap();
        drop(taken);
        assert!(is_free(free).is_ok());
    }
}
