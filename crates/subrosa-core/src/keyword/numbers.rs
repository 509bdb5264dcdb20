//! Numbers in words, one to ninety-nine and the hundreds and more; those written in one word are put together here.

const PLAIN: &str = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
    seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred thousand million several \
    dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve \
    veinte veintiún veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve \
    treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil varios varias \
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn \
    zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend mehrere \
    deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante \
    soixante septante huitante nonante cent mille plusieurs \
    due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto \
    diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento diversi parecchi \
    twee drie vijf zes zeven negen tien twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig dertig \
    veertig vijftig zestig zeventig tachtig negentig honderd duizend enkele \
    dois duas três quatro sete oito dez doze treze quatorze catorze dezesseis dezasseis dezessete dezassete dezoito dezenove \
    dezanove vinte trinta quarenta cinquenta sessenta oitenta cem cento mil vários";

const GERMAN_ONES: &[&str] = &["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];
const GERMAN_TENS: &[&str] = &["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
const DUTCH_ONES: &[&str] = &["een", "tweeë", "drieë", "vier", "vijf", "zes", "zeven", "acht", "negen"];
const DUTCH_TENS: &[&str] = &["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];
const ITALIAN_TENS: &[&str] = &["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];
const ITALIAN_ONES: &[&str] = &["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"];

/// Calls `add` with each.
pub(super) fn all(mut add: impl FnMut(&str)) {
    PLAIN.split_ascii_whitespace().for_each(&mut add);
    for tens in GERMAN_TENS {
        for ones in GERMAN_ONES {
            add(&format!("{ones}und{tens}"));
        }
    }
    for tens in DUTCH_TENS {
        for ones in DUTCH_ONES {
            let joint = if ones.ends_with('ë') { "n" } else { "en" };
            add(&format!("{ones}{joint}{tens}"));
        }
    }
    for tens in ITALIAN_TENS {
        for ones in ITALIAN_ONES {
            // `ventuno`, `ventotto`: the vowel falls before another.
            let elided = matches!(*ones, "uno" | "otto");
            let stem = if elided { tens.get(..tens.len() - 1).unwrap_or(tens) } else { tens };
            add(&format!("{stem}{ones}"));
        }
    }
}
