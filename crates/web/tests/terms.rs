//! The pages of a client's words: typed, brought in, taken along, shortened.

use crate::house::House;

#[test]
fn a_term_is_added_changed_and_removed() {
    House::on_both_engines(async |house| {
        let owner = house.browser("olga").await;
        let here = format!("/clients/{}/terms", house.world.aurora.client.id);
        owner.get(&here).await.says(200, "No terms yet.");
        let fields = [
            ("kind", "translate"),
            ("sense", "of a person: curt"),
            ("note", "curt, not brief"),
            ("language", "en"),
            ("form", "short"),
            ("part", "adjective"),
            ("status", "preferred"),
            ("form_note", ""),
            ("language", "pl"),
            ("form", "krótki"),
            ("part", ""),
            ("status", "forbidden"),
            ("form_note", ""),
        ];
        owner.post(&here, &fields).await.goes(&here);
        let page = owner.get(&format!("{here}?words=KROTKI")).await;
        page.says(200, "krótki");
        page.says(200, "not to be used");
        owner.post(&here, &fields).await.says(409, "Another term is called “short”.");
        owner.post(&here, &[("kind", "keep")]).await.says(422, "The term has no words in any language.");
        let html = page.text();
        let id = html.split_once("id=\"term-").expect("a row").1[..32].to_owned();
        let one = format!("{here}/{id}");
        owner.get(&one).await.says(200, "curt, not brief");
        owner
            .post(&one, &[("kind", "keep"), ("language", "und"), ("form", "Spark"), ("status", "preferred")])
            .await
            .goes(&one);
        owner.get(&here).await.says(200, "stays as it is");
        owner.post(&format!("{one}/removals"), &[]).await.goes(&here);
        owner.get(&one).await.says(404, "");
    });
}

#[test]
fn lists_are_brought_in_and_taken_along() {
    House::on_both_engines(async |house| {
        let owner = house.browser("olga").await;
        let here = format!("/clients/{}/terms", house.world.aurora.client.id);
        let files = format!("{here}/files");
        let list = b"id,language,form\na,en,invoice\nb,,x\n";
        let told = owner.post_with_file(&files, &[], "terms.csv", list).await;
        told.says(200, "1 terms were brought in. One place of the file is wrong.");
        told.says(200, "Line 3: The row has a form, but no language.");
        let csv = owner.get(&format!("{files}/csv")).await;
        csv.says(200, "a,translate,,,,en,invoice,,preferred,");
        let tbx = owner.get(&format!("{files}/tbx")).await.text();
        owner.post_with_file(&files, &[], "terms.tbx", tbx.as_bytes()).await.goes(&here);
        owner.get(&format!("{files}/exe")).await.says(404, "");
        let told = owner.post_with_file(&files, &[], "terms.csv", b"\xff\xfe\0").await;
        told.says(422, "Nothing in the file could be read.");
    });
}

#[test]
fn a_memory_is_brought_in_searched_and_shortened() {
    House::on_both_engines(async |house| {
        let owner = house.browser("olga").await;
        let here = format!("/clients/{}/memory", house.world.aurora.client.id);
        owner.get(&here).await.says(200, "Nothing is remembered yet.");
        let tmx = "<tmx version='1.4'><header srclang='de'/><body><tu><tuv xml:lang='de'><seg>Es ist da.</seg></tuv>\
            <tuv xml:lang='en'><seg>It is here.</seg></tuv></tu></body></tmx>";
        let files = format!("{here}/files");
        owner.post_with_file(&files, &[], "m.tmx", tmx.as_bytes()).await.goes(&here);
        let page = owner.get(&format!("{here}?words=da&pair=de..en")).await;
        page.says(200, "It is here.");
        page.says(200, "German → English (1)");
        page.says(200, "There are 2 entries in 2 directions.");
        let html = page.text();
        let id = html.split_once("id=\"entry-").expect("a row").1[..32].to_owned();
        owner.post(&format!("{here}/{id}/removals"), &[]).await.goes(&here);
        owner.get(&format!("{here}?pair=de..en")).await.says(200, "No entry has these words.");
        owner.get(&format!("{files}/tmx")).await.says(200, "<seg>It is here.</seg>");
        let large = vec![b'x'; desk::word_files::MOST_BYTES + 100_000];
        let told = owner.post_with_file(&files, &[], "m.tmx", &large).await;
        told.says(422, "The file is larger than 64 MB.");
        let bomb = "<!DOCTYPE t [<!ENTITY a 'aaaa'>]><tmx><body><tu><tuv xml:lang='de'><seg>&a;</seg></tuv></tu></body></tmx>";
        owner.post_with_file(&files, &[], "m.tmx", bomb.as_bytes()).await.says(422, "The entity “a” isn");
    });
}
