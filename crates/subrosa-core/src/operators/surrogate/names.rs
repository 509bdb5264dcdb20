//! Names to make stand-ins of, by language. Written for this program: names that many people bear, in no order.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::dates::plain;

/// The names of one language, blanks between them.
pub(super) struct Names {
    /// Given names of women.
    female: &'static str,
    /// Given names of men.
    male: &'static str,
    /// Family names.
    family: &'static str,
    /// How family names of the language end.
    pub(super) endings: &'static [&'static str],
    /// Small words in its names.
    pub(super) particles: &'static [&'static str],
    /// Whether people have two family names.
    pub(super) two_families: bool,
}

/// The names of one language, each with how names are compared.
pub(super) struct Lists {
    /// What they were made of.
    pub(super) names: &'static Names,
    /// Given names of women.
    pub(super) female: Vec<Listed>,
    /// Given names of men.
    pub(super) male: Vec<Listed>,
    /// Family names.
    pub(super) family: Vec<Listed>,
}

/// A name.
pub(super) struct Listed {
    /// As it is written.
    pub(super) name: &'static str,
    /// In small letters without accents.
    pub(super) plain: String,
}

/// In which languages a word is which name, a bit each.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// Given name of women.
    pub(super) female: u8,
    /// Given name of men.
    pub(super) male: u8,
    /// Family name.
    pub(super) family: u8,
}

struct Tables {
    lists: Vec<Lists>,
    known: BTreeMap<String, Known>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let list = |names: &'static str| -> Vec<Listed> {
        names.split_ascii_whitespace().map(|name| Listed { name, plain: plain(name) }).collect()
    };
    let lists: Vec<Lists> = LANGUAGES
        .iter()
        .map(|names| Lists { names, female: list(names.female), male: list(names.male), family: list(names.family) })
        .collect();
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for (bit, lists) in lists.iter().enumerate() {
        let mut note = |listed: &[Listed], field: fn(&mut Known) -> &mut u8| {
            for name in listed {
                *field(known.entry(name.plain.clone()).or_default()) |= 1 << bit;
            }
        };
        note(&lists.female, |known| &mut known.female);
        note(&lists.male, |known| &mut known.male);
        note(&lists.family, |known| &mut known.family);
    }
    Tables { lists, known }
});

/// The lists of all languages, English first.
pub(super) fn lists() -> &'static [Lists] {
    &TABLES.lists
}

/// What the lists say of a word in small letters without accents.
pub(super) fn known(word: &str) -> Known {
    TABLES.known.get(word).copied().unwrap_or_default()
}

/// Words inside names that are no names by themselves, without accents.
#[rustfmt::skip] // many a line
pub(super) const PARTICLES: &[&str] = &[
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "los",
    "ten", "ter", "van", "vom", "von", "y", "zu", "zum", "zur", "af", "av", "ap", "des",
];

/// English first: what no language is told of is taken for it.
static LANGUAGES: [Names; 7] = [
    Names {
        female: "Alice Amelia Audrey Beatrice Bethany Caroline Charlotte Claire Daisy Diana Edith Eleanor Elizabeth Fiona Gemma Grace \
                 Hannah Harriet Helen Isabel Jennifer Josephine Katherine Laura Lucy Margaret Melissa Naomi Olivia Pamela Rachel \
                 Rebecca Rosemary Sarah Stephanie Susan Teresa Victoria Wendy Yvonne Mary Jane",
        male: "Adam Albert Andrew Anthony Benjamin Brian Charles Christopher Daniel David Dennis Edward Eric Francis Frederick George \
               Gordon Graham Harold Henry Hugh Ian Jack James Jeremy John Jonathan Keith Kenneth Lawrence Leonard Matthew Michael \
               Nathan Neil Oliver Patrick Peter Philip Ralph Richard Robert Simon Stephen Thomas Timothy Vincent Walter William",
        family: "Abbott Adams Archer Atkins Baker Barlow Bennett Bishop Bradley Brooks Carter Chapman Clarke Coleman Cooper Crawford \
                 Dawson Dixon Ellis Farrell Fisher Fletcher Foster Gardner Gibson Graves Griffin Hamilton Harper Hayes Hopkins Hudson \
                 Ingram Jennings Kendall Lambert Lawson Marsh Mason Mercer Newton Norris Osborne Palmer Parsons Pearson Quinn Reeves \
                 Rhodes Sanders Shepherd Sutton Thornton Turner Underwood Vaughan Wallace Webster Yates Smith Jones Williams Brown",
        endings: &["son", "ton", "ley", "worth", "field", "ham"],
        particles: &[],
        two_families: false,
    },
    Names {
        female: "Adriana Alba Alicia Amparo Beatriz Blanca Carmen Catalina Clara Consuelo Cristina Dolores Elena Esperanza Estela \
                 Francisca Gloria Inés Irene Isabel Josefa Juana Leticia Lorena Lucía Luisa Marcela Marta María Mercedes Mónica Noelia \
                 Paloma Pilar Raquel Rocío Rosario Silvia Sofía Susana Teresa Verónica Ximena",
        male: "Alberto Alejandro Alfonso Álvaro Andrés Antonio Arturo Carlos César Diego Eduardo Emilio Enrique Esteban Federico Felipe \
               Fernando Francisco Gonzalo Guillermo Héctor Ignacio Javier Jorge José Juan Julio Leandro Lorenzo Luis Manuel Marcos Miguel \
               Nicolás Óscar Pablo Pedro Rafael Ramón Ricardo Roberto Rubén Salvador Santiago Sergio Tomás Vicente",
        family: "Aguilar Alonso Álvarez Benítez Blanco Bravo Cabrera Calvo Campos Carrasco Castillo Castro Cortés Crespo Delgado Díaz \
                 Domínguez Esteban Fernández Fuentes Gallego Garrido Gil Gómez Guerrero Gutiérrez Herrera Hidalgo Iglesias Jiménez León \
                 Lozano Marín Medina Méndez Molina Montero Moreno Navarro Núñez Ortega Pascual Peña Prieto Ramos Reyes Romero Rubio \
                 Sanz Serrano Soto Suárez Torres Vargas Vázquez Vega Vidal García López Martínez Pérez Rodríguez Sánchez",
        endings: &["ez", "illo", "ero"],
        particles: &["y", "del"],
        two_families: true,
    },
    Names {
        female: "Anja Annette Antje Barbara Bettina Birgit Brigitte Charlotte Christa Dagmar Edith Elfriede Elke Erika Eva Franziska \
                 Frieda Gabriele Gerda Gisela Greta Hannelore Heike Helga Ilse Ingrid Irmgard Johanna Jutta Karin Katrin Klara Lotte \
                 Magdalena Margarete Martina Monika Petra Renate Sabine Sigrid Silke Susanne Ulrike Ursula Ute Waltraud",
        male: "Albrecht Alexander Andreas Arnold Bernd Bernhard Christian Christoph Detlef Dieter Dietmar Eckhard Erich Ernst Ferdinand \
               Florian Franz Friedrich Georg Gerhard Günter Gustav Hans Harald Heinrich Heinz Helmut Herbert Hermann Holger Horst \
               Joachim Jürgen Karl Klaus Konrad Kurt Lothar Ludwig Manfred Matthias Norbert Otto Rainer Rolf Rudolf Siegfried Stefan \
               Torsten Uwe Volker Werner Wilhelm Wolfgang",
        family: "Albrecht Arnold Bachmann Bauer Baumann Beck Becker Berger Böhm Brandt Braun Busch Dietrich Ebert Engel Fischer Fleischer \
                 Frank Franke Friedrich Fuchs Graf Groß Günther Haas Hahn Hartmann Heinrich Hermann Hofmann Horn Huber Jäger Jung Kaiser \
                 Keller Klein Koch Köhler König Krause Kraus Krüger Lang Lehmann Lorenz Ludwig Maier Neumann Otto Peters Pfeiffer Richter \
                 Roth Sauer Schäfer Schubert Schulz Seidel Simon Sommer Stein Vogel Wagner Walter Weber Winkler Wolf Ziegler Müller Schmidt",
        endings: &["mann", "berger", "hauer", "bauer", "stein", "meyer", "maier"],
        particles: &["von", "vom", "zu", "zum", "zur"],
        two_families: false,
    },
    Names {
        female: "Adèle Agnès Amélie Anne Aurélie Béatrice Brigitte Camille Caroline Cécile Chantal Chloé Claire Colette Corinne Delphine \
                 Élise Émilie Estelle Florence Françoise Geneviève Hélène Huguette Isabelle Jacqueline Jeanne Joséphine Juliette Laure \
                 Madeleine Margaux Marguerite Marion Mathilde Monique Nadine Nathalie Odile Pauline Sandrine Simone Solange Sylvie Thérèse \
                 Valérie Véronique Yvette",
        male: "Adrien Alain Alexandre Antoine Arnaud Aurélien Baptiste Benoît Bernard Bertrand Christophe Clément Damien Denis Didier \
               Dominique Édouard Émile Étienne Fabien Fabrice François Frédéric Gaston Gérard Gilles Grégoire Guillaume Guy Henri Hugo \
               Jacques Jean Jérôme Laurent Luc Lucien Marcel Mathieu Maurice Maxime Michel Olivier Pascal Philippe Pierre Quentin Raymond \
               Rémi René Roland Sébastien Thierry Vincent Xavier Yves",
        family: "Aubert Barbier Baron Benoit Berger Bertrand Blanchard Bonnet Boucher Bourgeois Boyer Brun Brunet Carpentier Chevalier \
                 Clément Colin Cordier Cousin Deschamps Dubois Dufour Dumas Dumont Dupont Durand Fabre Faure Fleury Fontaine Fournier \
                 Gaillard Garnier Gauthier Girard Guérin Hubert Jacquet Lacroix Lambert Lefèvre Legrand Lemaire Leroux Leroy Marchand Masson \
                 Mercier Meunier Moreau Morel Noël Olivier Perrin Picard Renard Rousseau Roussel Roux Royer Vasseur Vidal Martin Bernard",
        endings: &["eau", "eaux", "oux", "ier", "ault"],
        particles: &["du", "des"],
        two_families: false,
    },
    Names {
        female: "Agnese Alessandra Angela Antonella Arianna Barbara Beatrice Bianca Carla Caterina Chiara Cinzia Claudia Cristina Daniela \
                 Donatella Elena Elisa Emanuela Federica Fiorella Francesca Gabriella Giada Gianna Giorgia Giovanna Giulia Grazia Ilaria \
                 Laura Letizia Lidia Lucia Luisa Marcella Margherita Martina Michela Nicoletta Ornella Paola Patrizia Roberta Rosa Sabrina \
                 Serena Silvia Simona Stefania Tiziana Valentina Viola",
        male: "Alberto Aldo Alessandro Andrea Angelo Antonio Bruno Carlo Claudio Corrado Cristiano Dario Davide Domenico Edoardo Emanuele \
               Enrico Enzo Ettore Fabio Federico Filippo Francesco Gabriele Giacomo Gianluca Giorgio Giovanni Giulio Giuseppe Guido Ivano \
               Lorenzo Luca Luciano Luigi Marcello Marco Mario Massimo Matteo Maurizio Michele Nicola Paolo Piero Pietro Raffaele Renato \
               Riccardo Roberto Salvatore Sandro Sergio Simone Stefano Tommaso Umberto Valerio Vincenzo Vittorio",
        family: "Amato Barbieri Basile Bassi Battaglia Bellini Benedetti Bernardi Bianchi Bianco Bruno Caputo Carbone Caruso Cattaneo \
                 Colombo Conte Conti Coppola Costa Donati Fabbri Farina Ferrara Ferrari Ferri Fiore Fontana Galli Gallo Gatti Gentile \
                 Giordano Grassi Grasso Greco Guerra Leone Lombardi Longo Mancini Marchetti Mariani Marini Marino Martini Mazza Messina \
                 Monti Morelli Moretti Neri Orlando Pagano Palmieri Parisi Pellegrini Piras Ricci Rinaldi Riva Rizzo Romano Rossi Russo \
                 Sala Santoro Serra Silvestri Testa Villa Vitale",
        endings: &["ini", "elli", "etti", "ucci", "acci", "ardi"],
        particles: &["di", "della"],
        two_families: false,
    },
    Names {
        female: "Aaltje Agnes Annelies Annemiek Anouk Astrid Bianca Carla Cornelia Daphne Dorien Els Esmee Femke Fleur Geertje Gerda Greetje \
                 Hanneke Heleen Ilse Inge Janneke Johanna Jolanda Joke Judith Karin Lieke Lisanne Loes Lotte Maaike Machteld Marijke \
                 Marjan Marleen Mieke Mirjam Nienke Noor Petra Roos Sanne Saskia Sietske Sylvia Tineke Truus Wendy Wilma Yvonne",
        male: "Adriaan Albert Arjan Arnold Barend Bart Bastiaan Bernard Bram Cornelis Daan Diederik Dirk Evert Ferdinand Floris Frank Frits \
               Geert Gerrit Gijs Hans Harm Hendrik Henk Herman Hugo Jaap Jacob Jan Jelle Jeroen Joost Joris Jurgen Kees Klaas Koen Lars \
               Leendert Lodewijk Maarten Marinus Martijn Niels Olaf Pieter Pim Quinten Reinier Remco Rob Roel Ruben Ruud Sander Sjoerd \
               Stefan Teun Thijs Tim Tobias Tom Wessel Willem Wim Wouter",
        family: "Appelman Bakker Beekman Boer Boersma Bos Bosman Brouwer Dekker Dijkstra Driessen Evers Faber Gerritsen Groen Haan Hendriks \
                 Hermans Hoekstra Hofman Huisman Jacobs Jager Jansen Janssen Jonker Kok Koning Koster Kramer Kroon Kuipers Lammers Maas \
                 Martens Meijer Mol Molenaar Mulder Peeters Pieters Post Postma Prins Rietveld Scholten Schouten Simons Smeets Smits Stam \
                 Timmermans Veenstra Verbeek Verhoeven Vermeer Visser Vos Wagenaar Willems Wolters Zijlstra Zwart",
        endings: &["stra", "sma", "sema", "inga", "huis", "aar", "ijk"],
        particles: &["van", "ter", "ten"],
        two_families: false,
    },
    Names {
        female: "Adelaide Alexandra Alice Amélia Ana Andreia Ângela Aurora Beatriz Benedita Bruna Camila Carla Carlota Carolina Catarina \
                 Cecília Conceição Débora Diana Eduarda Elisa Fernanda Filipa Flávia Francisca Gabriela Graça Helena Inês Isabel Joana \
                 Juliana Laura Leonor Letícia Lurdes Luísa Mafalda Manuela Margarida Mariana Matilde Natália Patrícia Paula Raquel Renata \
                 Rita Sandra Sofia Tatiana Teresa Vanessa Vitória",
        male: "Afonso Alexandre Álvaro Anselmo António Armando Artur Augusto Bernardo Bruno Caetano Carlos Cláudio Davi Diogo Domingos Duarte \
               Edson Eduardo Fábio Fernando Filipe Francisco Gabriel Gonçalo Guilherme Gustavo Heitor Henrique Hugo Inácio Jaime João \
               Joaquim Jorge José Leandro Leonardo Luciano Luís Manuel Marcelo Mário Mateus Mauro Miguel Nelson Nuno Otávio Paulo Pedro \
               Rafael Raul Ricardo Rodrigo Rogério Rui Samuel Sérgio Tiago Tomás Valter Vasco Vítor",
        family: "Abreu Aguiar Almeida Alves Amaral Andrade Antunes Araújo Azevedo Baptista Barbosa Barros Borges Brito Cardoso Carneiro \
                 Carvalho Coelho Correia Costa Cruz Cunha Duarte Esteves Faria Ferreira Figueiredo Fonseca Freitas Gaspar Gomes Gonçalves \
                 Guerreiro Leite Lima Lopes Lourenço Macedo Machado Magalhães Marques Martins Matos Melo Mendes Monteiro Morais Moreira Mota \
                 Moura Nascimento Neves Nogueira Oliveira Pacheco Pereira Pinheiro Pinto Pires Ramos Ribeiro Rocha Sampaio Santana Silva \
                 Simões Soares Sousa Tavares Teixeira Torres Vieira Xavier",
        endings: &["eira", "eiro", "aes", "oes", "inho"],
        particles: &["da", "das", "dos", "do"],
        two_families: true,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_names_enough() {
        for lists in lists() {
            assert!(lists.female.len() >= 40 && lists.male.len() >= 40 && lists.family.len() >= 58);
            for list in [&lists.female, &lists.male, &lists.family] {
                let mut unique: Vec<&str> = list.iter().map(|listed| listed.plain.as_str()).collect();
                unique.sort_unstable();
                unique.dedup();
                assert_eq!(unique.len(), list.len());
                let sound = |listed: &Listed| {
                    listed.name.starts_with(char::is_uppercase)
                        && listed.plain.bytes().all(|byte| byte.is_ascii_lowercase() || byte == 0xc3 || byte == 0x9f)
                };
                assert!(list.iter().all(sound));
            }
        }
        assert_ne!(known("jane").female & 1, 0);
    }
}
