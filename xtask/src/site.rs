//! From sources to what the browser gets: `target/site`.
//!
//! Each stage keeps what it made beside the hash of what it was made from, and is skipped while that is unchanged.
//! Without Node nothing is minified; everything still works.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::css;
use crate::node::Modules;
use crate::places::Places;
use crate::publish::{Shelf, hash_of, replace};
use crate::say;
use crate::tools;
use crate::wasm;

const BOOT: &str = include_str!("boot.js");
/// How things are made is part of what they are made from.
const RECIPE: &str = concat!(include_str!("site.rs"), include_str!("css.rs"));

/// What compilers of our day put into a module. Named one by one: with "all" the optimiser would add more.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Browsers that have all of the above.
const BROWSERS: &str = "--target=es2021,chrome96,firefox90,safari15";

/// Builds the site; `modules` is `None` on a machine without Node.
pub fn build(places: &Places, modules: Option<&Modules>) -> Result<()> {
    let bench = Bench::open(places, modules)?;
    let mut shelf = Shelf::open(&places.site())?;
    let published = bench.static_files(&mut shelf)?;
    shelf.put("css", "main.css", &bench.stylesheet(&published)?)?;
    let linked = wasm::build(places)?;
    let (glue, module) = bench.script(&linked)?;
    let js = shelf.put("js", "app.js", &glue)?;
    let wasm = shelf.put("wasm", "app.wasm", &module)?;
    let boot = BOOT.replace("$JS", &js).replace("$WASM", &wasm);
    let boot = bench.minified("boot", "js", &boot)?;
    shelf.put("boot", "boot.js", &boot)?;
    for line in shelf.close()? {
        say::note(line);
    }
    Ok(())
}

/// The folder of half-made things.
struct Bench<'a> {
    folder: PathBuf,
    style: PathBuf,
    modules: Option<&'a Modules>,
}

impl<'a> Bench<'a> {
    fn open(places: &Places, modules: Option<&'a Modules>) -> Result<Self> {
        let folder = places.workbench();
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self { folder, style: places.checkout.join("style"), modules })
    }

    /// Everything in `style/static` except stylesheets: name and published address.
    fn static_files(&self, shelf: &mut Shelf) -> Result<Vec<(String, String)>> {
        let mut published = Vec::new();
        for (name, path) in files_in(&self.style.join("static"))? {
            if !name.ends_with(".css") {
                let address = shelf.put(&format!("static/{name}"), &name, &fs::read(path)?)?;
                published.push((name, address));
            }
        }
        Ok(published)
    }

    fn stylesheet(&self, published: &[(String, String)]) -> Result<Vec<u8>> {
        let mut sheets = Vec::new();
        for (name, path) in files_in(&self.style)? {
            if name.ends_with(".css") {
                sheets.push((name, fs::read_to_string(path)?));
            }
        }
        self.minified("main", "css", &css::with_addresses(&css::join(&sheets)?, published))
    }

    fn minified(&self, name: &str, kind: &str, text: &str) -> Result<Vec<u8>> {
        let Some(modules) = self.modules else { return Ok(text.as_bytes().to_vec()) };
        let [long, short] = ["", ".min"].map(|it| self.folder.join(format!("{name}{it}.{kind}")));
        let key = self.key(&[text.as_bytes()]);
        if self.is_unchanged(name, &key, &[&short]) {
            return Ok(fs::read(short)?);
        }
        fs::write(&long, text)?;
        let mut esbuild = modules.tool("esbuild");
        esbuild.arg(&long).arg(format!("--outfile={}", short.display()));
        esbuild.args(["--minify", "--legal-comments=none", "--log-level=warning", BROWSERS]);
        esbuild.current_dir(&self.folder);
        if kind == "js" {
            esbuild.arg("--format=esm");
        }
        tools::succeed(
            &mut esbuild,
            &format!("esbuild could not minify {name}.{kind}: what it said stands above."),
        )?;
        self.remember(name, &key)?;
        Ok(fs::read(short)?)
    }

    /// The glue and the module that the browser gets, from the linked module.
    fn script(&self, linked: &Path) -> Result<(Vec<u8>, Vec<u8>)> {
        let [glue, bound, small] = ["app.js", "app.bound.wasm", "app.wasm"].map(|it| self.folder.join(it));
        let linked_bytes = fs::read(linked).with_context(|| format!("{} is missing", linked.display()))?;
        let key = self.key(&[&linked_bytes]);
        if !self.is_unchanged("app", &key, &[&glue, &small]) {
            say::step("Binding and shrinking the module (10 seconds).");
            let (text, module) = bind(linked)?;
            fs::write(&glue, text)?;
            fs::write(&bound, &module)?;
            self.shrink(&bound, &small)?;
            self.remember("app", &key)?;
            let (linked, bound) = (linked_bytes.len(), module.len());
            say::note(format!(
                "WebAssembly: {linked} bytes linked, {bound} bound, {} shrunk.",
                fs::metadata(&small)?.len()
            ));
        }
        let glue = self.minified("glue", "js", &fs::read_to_string(glue)?)?;
        Ok((glue, fs::read(small)?))
    }

    fn shrink(&self, from: &Path, to: &Path) -> Result<()> {
        let Some(modules) = self.modules else {
            fs::copy(from, to)?;
            return Ok(());
        };
        let mut command = modules.tool("wasm-opt");
        command.arg("-Oz").args(WASM_FEATURES).arg(from).arg("-o").arg(to);
        tools::succeed(&mut command, "wasm-opt could not shrink the module: what it said stands above.")
    }

    fn key(&self, inputs: &[&[u8]]) -> String {
        let tools = self.modules.map_or("none", |it| it.lock_hash.as_str());
        let mut parts: Vec<&[u8]> = vec![RECIPE.as_bytes(), tools.as_bytes()];
        parts.extend(inputs);
        hash_of(&parts)
    }

    fn stamp(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.stamp"))
    }

    fn is_unchanged(&self, name: &str, key: &str, made: &[&Path]) -> bool {
        fs::read_to_string(self.stamp(name)).is_ok_and(|it| it == key) && made.iter().all(|it| it.exists())
    }

    fn remember(&self, name: &str, key: &str) -> Result<()> {
        replace(&self.stamp(name), key.as_bytes())
    }
}

/// What `wasm-bindgen --target web` does, from the same lock file as the crate it must match.
fn bind(linked: &Path) -> Result<(String, Vec<u8>)> {
    let mut output = wasm_bindgen_cli_support::Bindgen::new()
        .input_path(linked)
        .out_name("app")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    // The map of snippets has a key for every crate that could bring some.
    let brings_files = !output.snippets().values().all(Vec::is_empty) || !output.local_modules().is_empty();
    ensure!(
        !brings_files,
        "A crate of the islands brings its own JavaScript files, and xtask publishes none: see bind()."
    );
    let module = output.wasm_mut().emit_wasm();
    Ok((output.js().to_owned(), module))
}

/// The files of a folder by name; none if there is no folder.
fn files_in(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && !name.starts_with('.') {
            files.push((name, entry.path()));
        }
    }
    files.sort();
    Ok(files)
}
