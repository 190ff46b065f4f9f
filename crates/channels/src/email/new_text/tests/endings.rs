//! New text: how letters end, in many languages.

use super::check;

/// What stands below the letter is its signature.
fn check_signature(signature: &str) {
    check(&format!("The parcel is broken.\n\n{signature}"), "The parcel is broken.", signature);
    let below = "On 3 May 2024 10:00, Bob <bob@b.example> wrote:\n> Hello";
    check(&format!("The parcel is broken.\n\n{signature}\n\n{below}"), "The parcel is broken.", signature);
}

#[test]
fn closing_formulas_with_a_name_are_signatures() {
    for signature in [
        "Kind regards,\nAnn Long",
        "Best,\n\nAnn Long\nHead of Parcels\n+44 20 0000 0000\nwww.a.example",
        "Thanks!\nAnn",
        "Mit freundlichen Grüßen\n\nAnn Lang\nBeispiel GmbH, Musterweg 1",
        "Viele Grüße\nAnn",
        "Un saludo,\nAnn",
        "Pozdrawiam\nAnn",
        "Z poważaniem,\nAnn Długa",
        "Lep pozdrav,\nAnn",
        "Pagarbiai\nAnn Ilga",
        "Cordialement,\nAnn",
        "Cordiali saluti\nAnn",
        "Atenciosamente,\nAnn",
        "Met vriendelijke groet,\n\nAnn",
        "S pozdravem\nAnn",
        "С уважением,\nАнна",
        "此致\n安",
    ] {
        check_signature(signature);
    }
}

#[test]
fn what_phones_and_programs_add_is_a_signature() {
    for signature in [
        "Sent from my iPhone",
        "Sent from my Galaxy",
        "Get Outlook for Android",
        "Sent with Proton Mail secure email.",
        "Sent from Yahoo Mail on Android",
        "Von meinem iPhone gesendet",
        "Gesendet mit der mobilen Mail App",
        "Enviado desde mi iPhone",
        "Wysłane z iPhone'a",
        "Poslano iz iPhona",
        "Išsiųsta iš mano „iPhone“",
        "Envoyé de mon iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Enviado do meu iPhone",
        "Odesláno z iPhonu",
        "Отправлено с iPhone",
        "发自我的iPhone",
        "iPhoneから送信",
        "-- \nAnn\nSent from my iPhone",
        "---\nAnn",
        "-Ann",
        "Kind regards,\nAnn\n\n-- \nAnn Long, Parcels",
        "This e-mail and any attachments are confidential and intended only for the addressee.\nIf it isn't you, delete it.",
        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, löschen Sie sie bitte.",
        "Ann Long\n________________________________________\nparcels mailing list\nparcels@lists.example",
    ] {
        let signature = signature.strip_prefix("Ann Long\n").unwrap_or(signature);
        check_signature(signature);
    }
}

#[test]
fn words_that_only_look_like_an_ending_stay_new() {
    for text in [
        "Is it lost?\n\nThanks",
        "Bring these:\n\n- milk",
        "Run it:\n> start\nThen it fails.",
        "It came.\n\nThanks!\nI will write again when I have tried it.",
        "Please bring:\n- milk\n- bread",
        "Sent from my desk, which is far from any phone",
        "One part\n---\nAnother part, which has a whole sentence to say.",
        "Best regards to your colleague\nwho helped me",
        "It broke.\n\nKind regards,\nAnn\n\nPS: The number is 17.",
        "Kind regards,\nAnn",
        "This message is a question: may I come?",
        "| a | b |\n--------\n| 1 | 2 |\n--------",
    ] {
        check(text, text, "");
    }
}

#[test]
fn signs_without_words_are_left_out() {
    check("It works.\n\n-- ", "It works.", "--");
    check("It works.\n\n=====\n~~~~~", "It works.", "=====\n~~~~~");
}
