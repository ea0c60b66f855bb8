//! Configuration: flags, then environment (`IKKER_*`), then one TOML file, then defaults that work on a laptop.
//! Nothing else reads the environment.

use anyhow::{Context as _, Result, bail};
use clap::Args;
use domain::scan::Scanner;
use media::MediaLimits;
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};
use texts::Lang;

/// Where each value may come from; what is not set stays none until [`Settings::resolve`].
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// TOML file with any of the settings below, by their long names
    #[arg(long, env = "IKKER_CONFIG", value_name = "FILE", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// Folder for the database, media, mail and work files [default: ./data]
    #[arg(long, env = "IKKER_DATA_DIR", value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,

    /// Address to serve on [default: 127.0.0.1:3000]
    #[arg(long, env = "IKKER_LISTEN", value_name = "HOST:PORT", global = true)]
    pub listen: Option<String>,

    /// Address that people use, as in links of letters; https:// makes cookies secure [default: http://LISTEN]
    #[arg(long, env = "IKKER_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,

    /// sqlite:FILE or postgres://USER@HOST/NAME [default: sqlite:DATA_DIR/ikker.db]
    #[arg(long, env = "IKKER_DATABASE_URL", value_name = "URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,

    /// Folder (file:DIR) or S3-compatible store (s3://BUCKET/PREFIX, with AWS_* or the settings below) for media
    /// [default: file:DATA_DIR/media]
    #[arg(long, env = "IKKER_MEDIA_URL", value_name = "URL", global = true)]
    pub media_url: Option<String>,

    /// Address of the S3-compatible store, when it is not Amazon's
    #[arg(long, env = "IKKER_S3_ENDPOINT", value_name = "URL", global = true)]
    pub s3_endpoint: Option<String>,

    /// Region of the S3-compatible store [default: us-east-1]
    #[arg(long, env = "IKKER_S3_REGION", value_name = "NAME", global = true)]
    pub s3_region: Option<String>,

    /// Access key of the S3-compatible store
    #[arg(long, env = "IKKER_S3_ACCESS_KEY", value_name = "KEY", global = true, hide_env_values = true)]
    pub s3_access_key: Option<String>,

    /// Secret key of the S3-compatible store
    #[arg(long, env = "IKKER_S3_SECRET_KEY", value_name = "KEY", global = true, hide_env_values = true)]
    pub s3_secret_key: Option<String>,

    /// Largest film that is taken, in megabytes [default: 500]
    #[arg(long, env = "IKKER_FILM_MB", value_name = "MB", global = true)]
    pub film_mb: Option<u32>,

    /// Longest film that is taken, in minutes [default: 10]
    #[arg(long, env = "IKKER_FILM_MINUTES", value_name = "MINUTES", global = true)]
    pub film_minutes: Option<u32>,

    /// Largest document that is taken, in megabytes [default: 25]
    #[arg(long, env = "IKKER_DOCUMENT_MB", value_name = "MB", global = true)]
    pub document_mb: Option<u32>,

    /// Space for the files of one school, in megabytes; as much as there is when not set
    #[arg(long, env = "IKKER_SCHOOL_MB", value_name = "MB", global = true)]
    pub school_mb: Option<u32>,

    /// Virus scanner that is asked about every upload: clamd at unix:PATH or tcp:HOST:PORT; none when not set
    #[arg(long, env = "IKKER_CLAMD", value_name = "ADDRESS", global = true)]
    pub clamd: Option<String>,

    /// Folder for outgoing mail, one .eml file a letter [default: DATA_DIR/mail]
    #[arg(long, env = "IKKER_MAIL_DIR", value_name = "DIR", global = true)]
    pub mail_dir: Option<PathBuf>,

    /// Folder with the browser bundle and public files [default: target/site]
    #[arg(long, env = "IKKER_SITE_DIR", value_name = "DIR", global = true)]
    pub site_dir: Option<PathBuf>,

    /// Loopback address for /metrics (Prometheus); off when not set
    #[arg(long, env = "IKKER_METRICS_LISTEN", value_name = "HOST:PORT", global = true)]
    pub metrics_listen: Option<String>,

    /// Take the network address of the browser from X-Forwarded-For; only behind a proxy of your own [default: false]
    #[arg(long, env = "IKKER_TRUST_PROXY", value_name = "BOOL", global = true, num_args = 0..=1, default_missing_value = "true")]
    pub trust_proxy: Option<bool>,

    /// What to log, such as info or ikker=debug,info [default: info]
    #[arg(long, env = "IKKER_LOG", value_name = "FILTER", global = true)]
    pub log: Option<String>,

    /// text or json [default: text]
    #[arg(long, env = "IKKER_LOG_FORMAT", value_name = "FORMAT", global = true)]
    pub log_format: Option<String>,
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Config {
    pub data_dir: PathBuf,
    pub listen: SocketAddr,
    /// Without a slash at the end.
    pub public_url: String,
    pub database_url: String,
    pub media: MediaPlace,
    pub media_limits: MediaLimits,
    /// In bytes.
    pub school_space: Option<u64>,
    pub scanner: Option<Scanner>,
    pub mail_dir: PathBuf,
    pub site_dir: PathBuf,
    pub metrics_listen: Option<SocketAddr>,
    pub trust_proxy: bool,
    pub log: String,
    pub log_json: bool,
}

/// Where media are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaPlace {
    Folder(PathBuf),
    S3 { bucket: String, prefix: String, endpoint: Option<String>, region: String, keys: Option<(String, String)> },
}

impl Settings {
    /// Fills in the file's values and the defaults.
    pub fn resolve(mut self) -> Result<Config> {
        if let Some(file) = &self.config {
            let text = std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?;
            let from_file: Settings =
                toml::from_str(&text).with_context(|| format!("{} is not right", file.display()))?;
            self = self.or(from_file);
        }
        let data_dir = self.data_dir.clone().unwrap_or_else(|| PathBuf::from("data"));
        let listen = address("listen", self.listen.as_deref().unwrap_or("127.0.0.1:3000"))?;
        let public_url = self.public_url.clone().unwrap_or_else(|| format!("http://{listen}"));
        let public_url = public_url.trim_end_matches('/').to_owned();
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            bail!("public-url: `{public_url}` does not begin with http:// or https://");
        }
        let metrics_listen = self.metrics_listen.as_deref().map(|text| address("metrics-listen", text)).transpose()?;
        if let Some(metrics) = metrics_listen
            && !metrics.ip().is_loopback()
        {
            bail!("metrics-listen: {metrics} is no loopback address");
        }
        let log_json = match self.log_format.as_deref().unwrap_or("text") {
            "text" => false,
            "json" => true,
            other => bail!("log-format: `{other}` is neither text nor json"),
        };
        Ok(Config {
            database_url: self
                .database_url
                .clone()
                .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("ikker.db").display())),
            media: self.media_place(&data_dir)?,
            media_limits: self.media_limits()?,
            school_space: self.school_space()?,
            scanner: self.clamd.as_deref().map(str::parse).transpose().context("clamd")?,
            mail_dir: self.mail_dir.clone().unwrap_or_else(|| data_dir.join("mail")),
            site_dir: self.site_dir.clone().unwrap_or_else(|| PathBuf::from("target/site")),
            trust_proxy: self.trust_proxy.unwrap_or(false),
            log: self.log.clone().unwrap_or_else(|| "info".to_owned()),
            data_dir,
            listen,
            public_url,
            metrics_listen,
            log_json,
        })
    }

    fn school_space(&self) -> Result<Option<u64>> {
        match self.school_mb {
            Some(0) => bail!("school-mb: 0 would take none"),
            other => Ok(other.map(|megabytes| u64::from(megabytes) * 1_000_000)),
        }
    }

    fn media_limits(&self) -> Result<MediaLimits> {
        let mut limits = MediaLimits::default();
        let set = |name: &str, value: Option<u32>, unit: u64, limit: &mut u64| match value {
            Some(0) => bail!("{name}: 0 would take none"),
            Some(value) => {
                *limit = u64::from(value) * unit;
                Ok(())
            }
            None => Ok(()),
        };
        set("film-mb", self.film_mb, 1_000_000, &mut limits.film.max_bytes)?;
        set("film-minutes", self.film_minutes, 60, &mut limits.film.max_length_seconds)?;
        set("document-mb", self.document_mb, 1_000_000, &mut limits.document_bytes)?;
        // A slow machine needs six times as long as a film of 4K lasts.
        limits.film.max_work_seconds = limits.film.max_work_seconds.max(limits.film.max_length_seconds * 6);
        Ok(limits)
    }

    fn media_place(&self, data_dir: &Path) -> Result<MediaPlace> {
        let Some(url) = &self.media_url else { return Ok(MediaPlace::Folder(data_dir.join("media"))) };
        let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
        match scheme {
            "file" if !rest.is_empty() => {
                Ok(MediaPlace::Folder(PathBuf::from(rest.strip_prefix("//").unwrap_or(rest))))
            }
            "s3" => {
                let rest = rest.trim_start_matches('/');
                let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
                if bucket.is_empty() {
                    bail!("media-url: `{url}` names no bucket");
                }
                Ok(MediaPlace::S3 {
                    bucket: bucket.to_owned(),
                    prefix: prefix.trim_matches('/').to_owned(),
                    endpoint: self.s3_endpoint.clone(),
                    region: self.s3_region.clone().unwrap_or_else(|| "us-east-1".to_owned()),
                    keys: self.s3_access_key.clone().zip(self.s3_secret_key.clone()),
                })
            }
            other => bail!("media-url: unknown kind of store `{other}`: use file:DIR or s3://BUCKET/PREFIX"),
        }
    }

    /// These values, and the other's where there is none.
    fn or(self, other: Settings) -> Settings {
        Settings {
            config: self.config,
            data_dir: self.data_dir.or(other.data_dir),
            listen: self.listen.or(other.listen),
            public_url: self.public_url.or(other.public_url),
            database_url: self.database_url.or(other.database_url),
            media_url: self.media_url.or(other.media_url),
            s3_endpoint: self.s3_endpoint.or(other.s3_endpoint),
            s3_region: self.s3_region.or(other.s3_region),
            s3_access_key: self.s3_access_key.or(other.s3_access_key),
            s3_secret_key: self.s3_secret_key.or(other.s3_secret_key),
            film_mb: self.film_mb.or(other.film_mb),
            film_minutes: self.film_minutes.or(other.film_minutes),
            document_mb: self.document_mb.or(other.document_mb),
            school_mb: self.school_mb.or(other.school_mb),
            clamd: self.clamd.or(other.clamd),
            mail_dir: self.mail_dir.or(other.mail_dir),
            site_dir: self.site_dir.or(other.site_dir),
            metrics_listen: self.metrics_listen.or(other.metrics_listen),
            trust_proxy: self.trust_proxy.or(other.trust_proxy),
            log: self.log.or(other.log),
            log_format: self.log_format.or(other.log_format),
        }
    }
}

/// The language of the terminal, by `LC_ALL`, `LC_MESSAGES` and `LANG`: Dutch or English.
pub fn terminal_lang() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    match set.as_deref().and_then(Lang::from_tag) {
        Some(Lang::Nl | Lang::Fy) => Lang::Nl,
        Some(Lang::En) | None => Lang::En,
    }
}

fn address(name: &str, text: &str) -> Result<SocketAddr> {
    text.parse().with_context(|| format!("{name}: `{text}` is no address such as 127.0.0.1:3000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(settings: Settings) -> String {
        format!("{:#}", settings.resolve().expect_err("refused"))
    }

    #[test]
    fn defaults_work_on_a_laptop() {
        let config = Settings::default().resolve().expect("fine");
        assert_eq!(config.database_url, "sqlite:data/ikker.db");
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert_eq!(config.media, MediaPlace::Folder("data/media".into()));
    }

    #[test]
    fn the_file_comes_last() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let file = folder.path().join("ikker.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:1\"\ndata-dir = \"/x\"\n").expect("written");
        let settings =
            Settings { config: Some(file.clone()), listen: Some("127.0.0.1:2".into()), ..Settings::default() };
        let config = settings.resolve().expect("fine");
        assert_eq!((config.listen.port(), config.data_dir), (2, "/x".into()));
        std::fs::write(&file, "lissten = \"127.0.0.1:1\"\n").expect("written");
        assert!(refused(Settings { config: Some(file), ..Settings::default() }).contains("unknown field `lissten`"));
    }

    #[test]
    fn nonsense_is_refused_in_one_line() {
        let cases = [
            (Settings { listen: Some("x".into()), ..Settings::default() }, "listen: `x` is no address"),
            (Settings { public_url: Some("ftp://x".into()), ..Settings::default() }, "public-url"),
            (Settings { media_url: Some("gs://x".into()), ..Settings::default() }, "unknown kind of store `gs`"),
            (Settings { media_url: Some("s3://".into()), ..Settings::default() }, "names no bucket"),
            (Settings { clamd: Some("x".into()), ..Settings::default() }, "clamd: neither unix:PATH nor"),
            (Settings { film_mb: Some(0), ..Settings::default() }, "film-mb: 0 would take none"),
            (Settings { school_mb: Some(0), ..Settings::default() }, "school-mb: 0 would take none"),
            (Settings { metrics_listen: Some("0.0.0.0:9".into()), ..Settings::default() }, "no loopback address"),
            (Settings { config: Some("/nowhere.toml".into()), ..Settings::default() }, "/nowhere.toml can't be read"),
        ];
        for (settings, part) in cases {
            let message = refused(settings);
            assert!(message.contains(part), "{message}");
            assert!(!message.contains('\n'), "{message}");
        }
    }
}
