//! The size budget: what each part of the bundle weighs after brotli, against `budget.toml`.

use crate::{files, report::kilobytes};
use anyhow::{Context as _, Result};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// Limits in bytes.
#[derive(Debug)]
pub struct Budget {
    total: u64,
    page: u64,
    wasm: u64,
    js: u64,
    css: u64,
    fonts: u64,
    preloaded_fonts: Vec<PathBuf>,
    lazy: BTreeMap<String, u64>,
}

impl Budget {
    pub fn read(file: &Path) -> Result<Budget> {
        Budget::parse(&files::read_text(file)?).with_context(|| format!("{} is not right", file.display()))
    }

    fn parse(text: &str) -> Result<Budget> {
        let table: toml::Table = text.parse()?;
        let section =
            |name: &str| table.get(name).and_then(toml::Value::as_table).with_context(|| format!("no [{name}]"));
        let bytes = |value: &toml::Value| value.as_integer().and_then(|kilobytes| u64::try_from(kilobytes * 1000).ok());
        let cold = section("cold-load")?;
        let limit = |name: &str| cold.get(name).and_then(bytes).with_context(|| format!("no number `{name}`"));
        let fonts = cold.get("preloaded-fonts").and_then(toml::Value::as_array).context("no `preloaded-fonts`")?;
        let lazy = section("lazy")?;
        let lazy = lazy.iter().map(|(name, value)| Some((name.clone(), bytes(value)?)));
        Ok(Budget {
            total: limit("total")?,
            page: limit("page")?,
            wasm: limit("wasm")?,
            js: limit("js")?,
            css: limit("css")?,
            fonts: limit("fonts")?,
            preloaded_fonts: fonts.iter().filter_map(toml::Value::as_str).map(PathBuf::from).collect(),
            lazy: lazy.collect::<Option<_>>().context("[lazy] holds something that is no number")?,
        })
    }

    /// The limit of a lazy part: of its own, or the default.
    fn lazy(&self, name: &str) -> u64 {
        let own = self.lazy.iter().find(|(part, _)| name.contains(part.as_str())).map(|(_, limit)| *limit);
        own.or_else(|| self.lazy.get("default").copied()).unwrap_or_default()
    }
}

/// One line of the table.
struct Weight {
    name: String,
    raw: u64,
    brotli: u64,
    limit: u64,
}

/// Prints the table; names what is over its limit.
pub fn check(site: &Path, pkg: &Path, budget: &Budget) -> Result<Vec<String>> {
    let mut parts = Vec::new();
    let mut lazy = Vec::new();
    let mut total = budget.page;
    for file in files::list(pkg)? {
        let (limit, is_lazy) = match (files::extension(&file), files::name(&file).as_str()) {
            ("wasm", "app_bg.wasm") => (budget.wasm, false),
            ("wasm", name) => (budget.lazy(name), true),
            ("js", "editor.js") => (budget.lazy("editor.js"), true),
            ("js", _) => (budget.js, false),
            ("css", _) => (budget.css, false),
            _ => continue,
        };
        let (raw, brotli) = weigh(&file)?;
        let name = file.strip_prefix(pkg)?.display().to_string();
        let weight = Weight { name, raw, brotli, limit };
        if is_lazy {
            lazy.push(weight);
        } else {
            total += brotli;
            parts.push(weight);
        }
    }
    let mut fonts = Weight { name: "fonts".to_owned(), raw: 0, brotli: 0, limit: budget.fonts };
    for font in &budget.preloaded_fonts {
        let (raw, brotli) = weigh(&site.join(font))?;
        fonts.raw += raw;
        fonts.brotli += brotli;
    }
    total += fonts.brotli;
    parts.push(fonts);
    let room = Weight { name: "page (room for it)".to_owned(), raw: 0, brotli: budget.page, limit: budget.page };
    parts.push(room);
    parts.push(Weight { name: "cold load in all".to_owned(), raw: 0, brotli: total, limit: budget.total });

    println!("   {:<44} {:>9} {:>9} {:>9}", "", "raw", "brotli", "budget");
    for weight in parts.iter().chain(&lazy) {
        let Weight { name, raw, brotli, limit } = weight;
        let raw = if *raw > 0 { kilobytes(*raw) } else { String::new() };
        let mark = if brotli > limit { "  OVER" } else { "" };
        println!("   {name:<44} {raw:>9} {:>9} {:>9}{mark}", kilobytes(*brotli), kilobytes(*limit));
    }
    let all = parts.into_iter().chain(lazy);
    Ok(all.filter(|weight| weight.brotli > weight.limit).map(|weight| weight.name).collect())
}

/// Bytes of a file, and of what is sent of it.
fn weigh(file: &Path) -> Result<(u64, u64)> {
    let bytes = |path: &Path| std::fs::metadata(path).map(|metadata| metadata.len());
    let raw = bytes(file).with_context(|| format!("{} is missing", file.display()))?;
    let mut compressed = file.as_os_str().to_owned();
    compressed.push(".br");
    Ok((raw, bytes(Path::new(&compressed)).unwrap_or(raw)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: &str = "
        [cold-load]
        total = 350
        page = 25
        wasm = 250
        js = 20
        css = 20
        fonts = 40
        preloaded-fonts = []
        [lazy]
        default = 60
        settings = 20
    ";

    #[test]
    fn lazy_parts_have_their_own_limit_or_the_default() {
        let budget = Budget::parse(BUDGET).expect("right");
        assert_eq!((budget.lazy("split_settings_page_1.wasm"), budget.lazy("chunk_3.wasm")), (20_000, 60_000));
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = Budget::parse(&BUDGET.replace("css = 20", "")).expect_err("refused");
        assert_eq!(error.to_string(), "no number `css`");
    }

    #[test]
    fn what_is_over_its_limit_is_named() {
        let site = std::env::temp_dir().join(format!("ikker-size-{}", std::process::id()));
        let pkg = site.join("pkg/1");
        files::write(&pkg.join("app_bg.wasm"), vec![0; 260_000]).expect("written");
        files::write(&pkg.join("app_bg.wasm.br"), vec![0; 249_000]).expect("written");
        files::write(&pkg.join("app.css"), vec![0; 20_001]).expect("written");
        files::write(&pkg.join("editor.js"), vec![0; 59_000]).expect("written");
        let over = check(&site, &pkg, &Budget::parse(BUDGET).expect("right")).expect("weighed");
        files::remove(&site).expect("removed");
        assert_eq!(over, ["app.css"]);
    }
}
