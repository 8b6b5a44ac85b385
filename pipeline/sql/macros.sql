-- Petites fonctions des vues, des contrôles et des requêtes.
-- Small functions for views, checks and queries.

CREATE MACRO euros(amount) AS -- 1940000 -> '1 940 000 €', 525025.5 -> '525 025,50 €'
    CASE WHEN amount < 0 THEN '-' ELSE '' END
    || replace(format('{:,}', CAST(trunc(abs(amount)) AS BIGINT)), ',', ' ')
    || CASE WHEN amount = trunc(amount) THEN ''
       ELSE ',' || lpad(CAST(CAST(abs(amount - trunc(amount)) * 100 AS INTEGER) AS VARCHAR), 2, '0') END
    || ' €';

CREATE MACRO plain(amount) AS -- 1940000.00 -> '1940000', 525025.50 -> '525025.50'
    CASE WHEN amount = trunc(amount) THEN CAST(CAST(amount AS BIGINT) AS VARCHAR)
         ELSE CAST(CAST(amount AS DECIMAL(14, 2)) AS VARCHAR) END;

CREATE MACRO amount_read(figure) AS -- '1 940 000' -> 1940000.00, '370.500' -> 370500.00
    TRY_CAST(replace(regexp_replace(figure, '[\s\x{00A0}\x{202F}]|\.', '', 'g'), ',', '.') AS DECIMAL(14, 2));

CREATE MACRO amount_of(cell) AS -- the amount of a cell that holds nothing else: '31 500 euros', '€ 852500'
    CASE WHEN regexp_full_match(trim(cell), '(€[\s\x{00A0}\x{202F}]*)?(\d{1,3}([\s\x{00A0}\x{202F}.]\d{3})+|\d+)(,\d{1,2})?[\s\x{00A0}\x{202F}]*(€|euros?|EUR)?')
         THEN amount_read(regexp_extract(cell, '(\d{1,3}([\s\x{00A0}\x{202F}.]\d{3})+|\d+)(,\d{1,2})?')) END;

CREATE MACRO amounts_in(prose) AS -- every sum in euros of a text: '66 000 € et 5 k€' -> [66000.00, 5000.00], 'CAF : € 7 500' -> [7500.00]
    list_transform(
        regexp_extract_all(prose, '(?:^|[^\d.,])((?:\d{1,3}(?:[\s\x{00A0}\x{202F}.]\d{3})+|\d+)(?:,\d{1,2})?[\s\x{00A0}\x{202F}]*(?:[kM]?€|euros?\b)|€[\s\x{00A0}\x{202F}]*\d{1,3}(?:[\s\x{00A0}\x{202F}.]\d{3})+(?:,\d{1,2})?)', 1),
        lambda written: amount_read(regexp_extract(written, '[\d\s\x{00A0}\x{202F}.,]+'))
            * CASE WHEN contains(written, 'k€') THEN 1000
                   WHEN contains(written, 'M€') THEN 1000000 ELSE 1 END);

CREATE MACRO of_ami(amount, funder, holds) AS -- what others pay beside the AMI is not added to it
    coalesce(
        sum(amount) FILTER (holds AND funder = 'AMI'), sum(amount) FILTER (holds AND funder IS NULL)
    );

CREATE MACRO is_complement(quote, amount) AS -- 'une subvention complémentaire de 30 000 €', 30000
    regexp_replace(
        regexp_extract(
            quote,
            '(?i)(?:compl[ée]ment|suppl[ée]ment|additionnel)\D{0,60}(\d[\d.\s\x{a0}\x{202f}]*)',
            1
        ), '\D', '', 'g'
    ) = CAST(CAST(amount AS BIGINT) AS VARCHAR);

CREATE MACRO tells_taxes(quote) AS -- '206 000 € HT (239 600 € TTC)'
    regexp_matches(quote, '(?i)\b(?:ht|hors taxes?)\b') AND regexp_matches(quote, '(?i)\bttc\b');

CREATE MACRO first_year(exercise) AS -- '2023-2024' -> 2023
    TRY_CAST(regexp_extract(exercise, '(\d{4})', 1) AS INTEGER);

CREATE MACRO last_year(exercise) AS -- '2023-2024' -> 2024, '2023' -> 2023
    TRY_CAST(regexp_extract(exercise, '.*(\d{4})', 1) AS INTEGER);

CREATE MACRO is_period(exercise) AS -- '2023-2027', of a convention; '2023-2024' is one exercise
    last_year(exercise) - first_year(exercise) > 1;

CREATE MACRO is_within(exercise, period) AS -- '2024' and '2024-2025' are within '2023-2027'
    is_period(period) AND exercise <> period
    AND first_year(exercise) >= first_year(period) AND last_year(exercise) <= last_year(period);

CREATE MACRO last_of(by_year, whole) AS -- the sum of the last year, where sums are stated by year
    coalesce(map_values(by_year)[-1], whole);

CREATE MACRO number_of(reference_key) AS -- 'lda04', '04' -> '4'; 'iii1' -> 'iii1'
    CASE WHEN regexp_matches(reference_key, '^[ivx]+\d') THEN reference_key
        ELSE regexp_replace(reference_key, '^([a-z]{2,4})?0*(\d)', '\2') END;

CREATE MACRO may_mean(key, other) AS -- one reference_key with or without zeros or letters: '4', 'lda04'
    number_of(key) = number_of(other)
    AND (regexp_extract(key, '^[a-z]*') = regexp_extract(other, '^[a-z]*')
        OR regexp_matches(key, '^\d') OR regexp_matches(other, '^\d'));

CREATE MACRO digits_swapped(a, b) AS -- 416000 and 461000: two neighbouring digits changed places
    a <> b AND a % 1 = 0 AND b % 1 = 0 AND length(plain(a)) = length(plain(b))
    AND len(list_filter(range(1, length(plain(a))), lambda i:
        plain(b) = substr(plain(a), 1, i - 1) || substr(plain(a), i + 1, 1)
                || substr(plain(a), i, 1) || substr(plain(a), i + 2))) > 0;

CREATE MACRO one_digit_off(a, b) AS -- 9000 and 5000: as long, and one digit other
    length(plain(a)) = length(plain(b))
    AND len(list_filter(range(1, length(plain(a)) + 1), lambda i:
        substr(plain(a), i, 1) <> substr(plain(b), i, 1))) = 1;

CREATE MACRO folded(words) AS -- for comparing wordings: no accents, case, punctuation or double blanks
    trim(regexp_replace(lower(strip_accents(words)), '[^a-z0-9]+', ' ', 'g'));

CREATE MACRO bare(words) AS -- folded, without articles: "l'étude d'une pension" and 'Étude de la pension' are one
    trim(regexp_replace(
        regexp_replace(folded(words), '\b(l|la|le|les|d|de|du|des|un|une|au|aux)\b', ' ', 'g'),
        ' +', ' ', 'g'
    ));

CREATE MACRO is_draft(words) AS -- « PROJET » over a page, 'Projet de convention', 'Version de travail'
    regexp_matches(folded(words), '^projet$|\b(projet (de |d )?(la )?(convention|avenant)|(version|document) (de travail|provisoire)|brouillon)\b');

CREATE MACRO is_suspended_in(sentence) AS -- « L'action B2 est suspendue pour l'exercice 2024 »: not for good
    regexp_matches(folded(sentence), '\b(suspendue?s?|mise?s? en (sommeil|pause)) [^.;]{0,30}\b20\d\d\b');

CREATE MACRO avenant_number(title) AS -- 'AVENANT FINANCIER N° 2 à la convention' -> 2, 'Troisième avenant' -> 3
    coalesce(
        TRY_CAST(regexp_extract(
            folded(title), '\bavenant (?:(?:n|no|numero) ?|(?:[a-z]{4,} ){1,2}(?:n|no|numero) ?)?(\d{1,2})\b', 1
        ) AS INTEGER),
        nullif(list_position(
            ['premier', 'deuxieme', 'troisieme', 'quatrieme', 'cinquieme', 'sixieme'],
            replace(regexp_extract(folded(title), '\b(\w+) avenant\b', 1), 'second', 'deuxieme')
        ), 0)
    );

CREATE MACRO called(label) AS -- « label », short enough for a message
    coalesce(
        '« ' || CASE WHEN length(label) > 80 THEN trim(substr(label, 1, 79)) || '…' ELSE label END || ' »',
        'sans intitulé'
    );

CREATE MACRO last_words(words) AS -- the end of a text for a message, from a whole word on
    CASE WHEN length(words) > 60 THEN trim(regexp_replace(right(words, 60), '^\S*\s', '')) ELSE words END;

CREATE MACRO the_article(number) AS -- begins a sentence: 'L''article 2.1'; number 0 is the preamble
    CASE WHEN number = '0' THEN 'Le préambule' ELSE 'L''article ' || number END;

CREATE MACRO at_article(number) AS -- 'à l''article 2.1', 'au préambule'
    CASE WHEN number = '0' THEN 'au préambule' ELSE 'à l''article ' || number END;

CREATE MACRO agreed(number, noun) AS -- '1 action', '2 actions'
    number || ' ' || noun || CASE WHEN number > 1 THEN 's' ELSE '' END;

CREATE MACRO annex_title(annex) AS -- 'Annexe 1'; a table that stands in none is 'Hors annexe'
    CASE WHEN annex IS NULL THEN 'Hors annexe' ELSE 'Annexe ' || annex END;

CREATE MACRO is_axis(line) AS -- names a part of the programme: 'Axe 1 – Accéder au logement', 'Volet II : Loger'
    regexp_matches(
        trim(line), '(?i)^(axe|volet|pilier|priorité|orientation)\s+(n°\s*)?(\d{1,2}|[IVX]{1,4})\b'
    );

CREATE MACRO is_number(line) AS -- of an action, and no more: '3', 'FA 12', 'Action n° 2.1'
    regexp_full_match(
        trim(line), '(?i)((FA|fiche|action|fiche action)\s*)?(n°\s*)?[A-Z]?[\s-]?\d+([.-]\d+)*\W*'
    );

CREATE MACRO speaks_of(sentence, words) AS -- the words stand in the sentence; no words, no condition
    words = '' OR contains(lower(strip_accents(sentence)), lower(strip_accents(words)));

CREATE MACRO of_several_programmes(sentence) AS -- « l'AMI pour 128 400 € et le BOP 304 pour 35 000 € »
    regexp_matches(sentence, '(?i)\bAMI\b|\b177\b') AND regexp_matches(
        sentence,
        '(?i)\b(BOP|programme) (\d[0-689]\d|\d{2}[0-689]|[02-9]\d{2})\b|pauvreté|\bFNAVDL\b');

CREATE MACRO of_territory(id, words) AS -- the words stand in the territory's names; no words, every territory
    words = '' OR id IN (
        SELECT t.territory_id FROM territory AS t
        WHERE speaks_of(concat_ws(' ', t.name, t.short_name, t.territory_id), words));

CREATE MACRO is_annexed(number) AS -- 'R.2.1': an article of the report annexed to the act, not of the act
    starts_with(number, 'R.');

CREATE MACRO together(words, mark) AS -- each once, sorted: ['b', 'a', NULL, 'b'] -> 'a + b'; faster than an ordered string_agg
    list_aggregate(list_sort(list_distinct(words)), 'string_agg', mark);

CREATE MACRO key_severity(ocr_confidence) AS -- OCR may have misread the number
    CASE WHEN ocr_confidence IS NULL THEN 'error' ELSE 'warning' END;

CREATE MACRO wrong_key(ocr_confidence) AS
    'sa clé de contrôle est fausse'
    || CASE WHEN ocr_confidence IS NULL THEN '' ELSE ' ; la page est lue par OCR, vérifiez le numéro sur son image' END
    || '.';

CREATE MACRO evenly(words) AS -- spaces and apostrophes of one kind: quoted words are found again
    trim(regexp_replace(replace(words, '’', ''''), '[\s\x{00A0}\x{202F}]+', ' ', 'g'));

CREATE MACRO reworded(wording, change, removed, added) AS -- an article after a change to it
    CASE WHEN change = 'repealed' THEN NULL
         WHEN change IN ('replaced', 'added') THEN added
         WHEN change = 'renumbered' THEN wording
         WHEN removed IS NULL THEN concat_ws(chr(10), wording, added)
         WHEN contains(wording, removed) THEN replace(wording, removed, coalesce(added, ''))
         WHEN contains(evenly(wording), evenly(removed))
         THEN replace(evenly(wording), evenly(removed), coalesce(added, ''))
         ELSE wording END;

CREATE MACRO in_figures(number) AS -- of an article: 'II.1' -> '2.1', '3bis' as it is
    coalesce(
        list_position(
            ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV'],
            regexp_extract(number, '^[IVX]+')
        ) || regexp_extract(number, '^[IVX]+(.*)', 1),
        number
    );
