use super::*;
use std::path::PathBuf;

const BODY: &str = "<p>La passerelle de Kéravel a été fermée mardi matin après qu’un contrôle a mis au jour deux fissures, a annoncé la mairie.</p>
<p>« Nous n’avions pas le choix », a déclaré l’adjointe aux travaux, Maïwenn Le&nbsp;Goff. Les bus contourneront le port jusqu’à vendredi.</p>
<figure><img src=x.jpg alt=\"\"><figcaption>La passerelle, en mars. Paul Kermorvan/AFP</figcaption></figure>
<p>Les réparations doivent coûter 1&nbsp;280&nbsp;000&nbsp;euros, selon le département, qui en paiera la moitié.</p>
<p>Le chantier commencera lundi.<br>Il durera trois semaines, si le temps le permet, et le marché du samedi sera déplacé sur la place haute.</p>";

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=fr><head>{head}</head><body><nav><ul><li><a href=/>Accueil</a></li>\
         <li><a href=/s>Sport</a></li></ul></nav><main><article><h1>Kéravel : la passerelle fermée</h1>{body}\
         </article></main><footer><p>Tous droits réservés, mentions légales et contact.</p></footer></body></html>"
    )
}

fn read(bytes: &[u8]) -> Result<Article, ErrorRecord> {
    let input = Input::File(PathBuf::from("pages/pont.html"));
    article(&input, bytes, &Limits::default())
}

#[test]
fn the_article_is_found_with_what_the_page_says_of_it() {
    let head = "<meta charset=utf-8><title>Kéravel : la passerelle fermée | Le Phare</title>
        <meta property=og:site_name content=\"Le Phare\"><link rel=canonical href=https://phare.example/a>
        <meta property=article:published_time content=2022-03-08T07:12:00+01:00>
        <meta property=og:title content=\"Kéravel&amp;nbsp;: la passerelle fermée | Le Phare\">";
    let article = read(page(head, BODY).as_bytes()).unwrap();
    assert_eq!(article.id, "pont");
    assert_eq!(article.date.as_deref(), Some("2022-03-08"));
    assert_eq!(article.source.outlet.as_deref(), Some("Le Phare"));
    assert_eq!(
        article.source.url.as_deref(),
        Some("https://phare.example/a")
    );
    assert_eq!(
        article.title.as_deref(),
        Some("Kéravel : la passerelle fermée")
    );
    let lines: Vec<&str> = article.text.lines().filter(|l| !l.is_empty()).collect();
    assert_eq!(lines[0], "Kéravel : la passerelle fermée");
    assert!(
        lines[1].starts_with("La passerelle de Kéravel a été fermée mardi"),
        "{lines:?}"
    );
    // No-break spaces are typography; a caption is a line of its own.
    assert!(
        lines.contains(&"La passerelle, en mars. Paul Kermorvan/AFP"),
        "{lines:?}"
    );
    assert!(article.text.contains("1\u{a0}280\u{a0}000\u{a0}euros"));
    assert!(article.text.contains("lundi.\nIl durera"));
    assert!(!article.text.contains("Accueil") && !article.text.contains("mentions légales"));
}

#[test]
fn the_bytes_are_trusted_over_what_the_page_says_of_them() {
    let utf8 = page("<meta charset=iso-8859-1>", BODY);
    assert!(read(utf8.as_bytes()).unwrap().text.contains("Kéravel"));
    let declared = page(
        "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">",
        BODY,
    );
    let mislabelled = page("<meta charset=\"utf-8\">", BODY);
    for page in [declared, mislabelled] {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
        assert!(
            read(&bytes)
                .unwrap()
                .text
                .contains("« Nous n’avions pas le choix »")
        );
    }
    let polish = page(
        "<meta charset=iso-8859-2>",
        "<p>Zażółć gęślą jaźń, powiedział wczoraj burmistrz miasta Łódź na konferencji prasowej.</p>",
    );
    let (bytes, _, _) = encoding_rs::ISO_8859_2.encode(&polish);
    assert!(read(&bytes).unwrap().text.contains("Zażółć gęślą jaźń"));
}

#[test]
fn bad_pages_give_what_there_is_or_say_why() {
    let whole = page("<meta charset=utf-8>", BODY);
    // Cut anywhere, also within a tag or a character.
    for cut in (0..whole.len()).step_by(97) {
        if let Ok(article) = read(&whole.as_bytes()[..cut]) {
            assert!(!article.text.contains("<p"), "{cut}: {}", article.text);
        }
    }
    let cut = whole.find("Les réparations").unwrap();
    assert!(
        read(&whole.as_bytes()[..cut])
            .unwrap()
            .text
            .contains("Maïwenn")
    );
    assert_eq!(
        read("Un texte sans balise aucune.".as_bytes())
            .unwrap()
            .text,
        "Un texte sans balise aucune."
    );
    for none in [
        "<html><head></head><body><script>var a = 1;</script></body></html>",
        "",
        "<><><",
    ] {
        assert!(read(none.as_bytes()).is_err(), "{none}");
    }
    let deep = "<div>".repeat(100_000);
    let wide = format!("<div {}>", "a=1 ".repeat(100_000));
    for endless in [deep, wide] {
        assert!(
            read(endless.as_bytes())
                .unwrap_err()
                .error
                .contains("without end")
        );
    }
    // Markup in a script is none.
    let script = format!("<script>var s = '{}';</script>", "<b>".repeat(5_000));
    assert!(read(page(&script, BODY).as_bytes()).is_ok());
    let picture: Vec<u8> = (0..3000u32).map(|i| (i * 7 % 256) as u8).collect();
    assert!(read(&picture).is_err());
}

#[test]
fn pages_are_known_by_their_first_words() {
    assert!(is_page(b"\xef\xbb\xbf \n<!DOCTYPE HTML><html>"));
    assert!(is_page(b"<html lang='fr'>"));
    assert!(!is_page("« html » est un sigle.".as_bytes()));
}
