//! Messages to the user, on standard error.

use std::io::{IsTerminal, Write};

use diptych::error::Error;
use diptych::record::ErrorRecord;
use serde_json::json;

use crate::args::LogFormat;

/// Reports an error that ends the program.
pub fn error(format: LogFormat, e: &Error) {
    match format {
        LogFormat::Text => line(&format!("{}: {e}", red("diptych"))),
        LogFormat::Json => line(
            &json!({
                "level": "error",
                "path": e.path().map(|p| p.display().to_string()),
                "error": e.chain(),
                "hint": e.advice(),
            })
            .to_string(),
        ),
    }
}

/// Reports a document that could not be processed.
pub fn refused(format: LogFormat, record: &ErrorRecord) {
    match format {
        LogFormat::Text => {
            let mut text = format!("{}: {}: {}", red("diptych"), record.path, record.error);
            if let Some(hint) = &record.hint {
                text.push_str(&format!("\n  hint: {hint}"));
            }
            line(&text);
        }
        LogFormat::Json => line(
            &json!({
                "level": "warning",
                "path": record.path,
                "id": record.id,
                "stage": record.stage,
                "error": record.error,
                "hint": record.hint,
            })
            .to_string(),
        ),
    }
}

/// Tells something that is good to know.
pub fn info(format: LogFormat, text: &str) {
    match format {
        LogFormat::Text => line(text),
        LogFormat::Json => line(&json!({"level": "info", "message": text}).to_string()),
    }
}

fn red(text: &str) -> String {
    if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        format!("\x1b[31m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

fn line(text: &str) {
    // Standard error gone is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{text}");
}
