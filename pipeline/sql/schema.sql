-- Rendered from pipeline/models/; do not edit.

CREATE TABLE territory (
    "territory_id" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "short_name" VARCHAR,
    "kind" VARCHAR,
    "department_code" VARCHAR,
    "region_code" VARCHAR,
    PRIMARY KEY ("territory_id")
);
COMMENT ON TABLE territory IS 'Territoire signataire (collectivité) / Signing territory (local authority)';
COMMENT ON COLUMN territory."territory_id" IS 'SIREN de la collectivité / SIREN of the authority';
COMMENT ON COLUMN territory."name" IS 'Nom officiel, sans article / Official name, without article';
COMMENT ON COLUMN territory."short_name" IS 'Nom d''usage ou sigle / Usual name or acronym';
COMMENT ON COLUMN territory."kind" IS 'Nature : métropole, département, commune… / Kind of authority';
COMMENT ON COLUMN territory."department_code" IS 'Code département / Department code';
COMMENT ON COLUMN territory."region_code" IS 'Code région INSEE / INSEE region code';

CREATE TABLE document (
    "document_id" VARCHAR NOT NULL,
    "territory_id" VARCHAR,
    "kind" VARCHAR NOT NULL CHECK ("kind" IN ('call', 'convention', 'avenant', 'report')),
    "title" VARCHAR,
    "amends_document_id" VARCHAR,
    "copy_of" VARCHAR,
    "period_start" INTEGER,
    "period_end" INTEGER,
    "exercise" VARCHAR,
    "signed_on" DATE,
    "received_on" DATE,
    "deliberation_ref" VARCHAR,
    "deliberation_on" DATE,
    "state_representative" VARCHAR,
    "beneficiary" VARCHAR,
    "beneficiary_representative" VARCHAR,
    "siret" VARCHAR,
    "programme" VARCHAR,
    "programme_named" VARCHAR CHECK ("programme_named" IN ('title', 'text')),
    "budget_action" VARCHAR,
    "activity_code" VARCHAR,
    "pce_account" VARCHAR,
    "iban_masked" VARCHAR,
    "iban_valid" BOOLEAN,
    "rib_masked" VARCHAR,
    "rib_valid" BOOLEAN,
    "bic" VARCHAR,
    "filename" VARCHAR NOT NULL,
    "sha256" VARCHAR NOT NULL,
    "page_first" INTEGER NOT NULL,
    "page_count" INTEGER NOT NULL,
    "ocr_page_count" INTEGER NOT NULL,
    "extractor_version" VARCHAR NOT NULL,
    PRIMARY KEY ("document_id"),
    FOREIGN KEY ("territory_id") REFERENCES territory ("territory_id")
);
COMMENT ON TABLE document IS 'Document source (convention, avenant, appel, rapport) / Source document';
COMMENT ON COLUMN document."document_id" IS 'Identifiant tiré du nom de fichier / Slug of the file name';
COMMENT ON COLUMN document."territory_id" IS 'Territoire signataire / Signing territory';
COMMENT ON COLUMN document."kind" IS 'Nature du document (call | convention | avenant | report) / Kind of document (call | convention | avenant | report)';
COMMENT ON COLUMN document."title" IS 'Titre de l''acte / Title of the act';
COMMENT ON COLUMN document."amends_document_id" IS 'Convention que l''avenant modifie / Convention that the avenant amends';
COMMENT ON COLUMN document."copy_of" IS 'Acte dont ce fichier est une copie ; les actions ne comptent que là / Act that this file is a copy of; the actions count only there';
COMMENT ON COLUMN document."period_start" IS 'Première année de la période / First year of the period';
COMMENT ON COLUMN document."period_end" IS 'Dernière année de la période / Last year of the period';
COMMENT ON COLUMN document."exercise" IS 'Exercice financé par l''acte / Exercise that the act funds';
COMMENT ON COLUMN document."signed_on" IS 'Date de signature / Date of signature';
COMMENT ON COLUMN document."received_on" IS 'Tampon du contrôle de légalité / Stamp of the legality control';
COMMENT ON COLUMN document."deliberation_ref" IS 'Numéro de délibération / Reference of the deliberation';
COMMENT ON COLUMN document."deliberation_on" IS 'Date de délibération / Date of the deliberation';
COMMENT ON COLUMN document."state_representative" IS 'Représentant de l''État (personne), s''il est nommé / The State''s representative, where named';
COMMENT ON COLUMN document."beneficiary" IS 'Bénéficiaire chef de file / Lead beneficiary';
COMMENT ON COLUMN document."beneficiary_representative" IS 'Représentant du bénéficiaire / The beneficiary''s representative';
COMMENT ON COLUMN document."siret" IS 'SIRET écrit dans l''acte / SIRET as written in the act';
COMMENT ON COLUMN document."programme" IS 'Programme budgétaire / Budget programme';
COMMENT ON COLUMN document."programme_named" IS 'Où l''acte nomme le Logement d''abord (title | text) / Where the act names Logement d''abord (title | text)';
COMMENT ON COLUMN document."budget_action" IS 'Action budgétaire / Budget action';
COMMENT ON COLUMN document."activity_code" IS 'Activité de programmation / Activity code';
COMMENT ON COLUMN document."pce_account" IS 'Compte PCE / PCE account';
COMMENT ON COLUMN document."iban_masked" IS 'IBAN masqué / Masked IBAN';
COMMENT ON COLUMN document."iban_valid" IS 'Clé de l''IBAN exacte / IBAN checksum is right';
COMMENT ON COLUMN document."rib_masked" IS 'RIB masqué / Masked French account number (RIB)';
COMMENT ON COLUMN document."rib_valid" IS 'Clé du RIB exacte / RIB key is right';
COMMENT ON COLUMN document."bic" IS 'Code BIC / BIC code';
COMMENT ON COLUMN document."filename" IS 'Nom du fichier / File name';
COMMENT ON COLUMN document."sha256" IS 'Empreinte du fichier / Hash of the file';
COMMENT ON COLUMN document."page_first" IS 'Page du fichier où l''acte commence / Page of the file where the act begins';
COMMENT ON COLUMN document."page_count" IS 'Nombre de pages / Number of pages';
COMMENT ON COLUMN document."ocr_page_count" IS 'Pages lues par OCR / Pages read by OCR';
COMMENT ON COLUMN document."extractor_version" IS 'Version de l''extracteur / Extractor version';

CREATE TABLE document_fact (
    "document_id" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "value" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    "x0" DOUBLE NOT NULL,
    "top" DOUBLE NOT NULL,
    "x1" DOUBLE NOT NULL,
    "bottom" DOUBLE NOT NULL,
    PRIMARY KEY ("document_id", "name"),
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE document_fact IS 'Ce que le texte dit de l''acte, et où : valeur de chaque colonne de document / What the text says of the act, and where: the value of each column of document';
COMMENT ON COLUMN document_fact."document_id" IS 'Document / Document';
COMMENT ON COLUMN document_fact."name" IS 'Colonne de document / Column of document';
COMMENT ON COLUMN document_fact."value" IS 'Valeur, telle que lue / Value, as read';
COMMENT ON COLUMN document_fact."page" IS 'Page / Page';
COMMENT ON COLUMN document_fact."x0" IS 'Gauche, en points / Left, in points';
COMMENT ON COLUMN document_fact."top" IS 'Haut, en points / Top, in points';
COMMENT ON COLUMN document_fact."x1" IS 'Droite, en points / Right, in points';
COMMENT ON COLUMN document_fact."bottom" IS 'Bas, en points / Bottom, in points';

CREATE TABLE signatory (
    "document_id" VARCHAR NOT NULL,
    "role" VARCHAR NOT NULL CHECK ("role" IN ('state', 'beneficiary', 'partner')),
    "organisation" VARCHAR,
    "representative" VARCHAR,
    "office" VARCHAR,
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE signatory IS 'Partie à l''acte / Party to the act';
COMMENT ON COLUMN signatory."document_id" IS 'Document / Document';
COMMENT ON COLUMN signatory."role" IS 'Rôle : État, bénéficiaire, partenaire (state | beneficiary | partner) / Role (state | beneficiary | partner)';
COMMENT ON COLUMN signatory."organisation" IS 'Organisation / Organisation';
COMMENT ON COLUMN signatory."representative" IS 'Personne qui représente / Person who represents';
COMMENT ON COLUMN signatory."office" IS 'Qualité du représentant / Office held';

CREATE TABLE article (
    "document_id" VARCHAR NOT NULL,
    "number" VARCHAR NOT NULL,
    "title" VARCHAR,
    "parent_number" VARCHAR,
    "position" INTEGER NOT NULL,
    "text" VARCHAR,
    "page_first" INTEGER NOT NULL,
    "page_last" INTEGER NOT NULL,
    "x0" DOUBLE,
    "top" DOUBLE,
    "x1" DOUBLE,
    "bottom" DOUBLE,
    PRIMARY KEY ("document_id", "number"),
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE article IS 'Article de l''acte ; ''0'' est le préambule / Article of the act; ''0'' is the preamble';
COMMENT ON COLUMN article."document_id" IS 'Document / Document';
COMMENT ON COLUMN article."number" IS 'Numéro, p. ex. 2.2.1 / Number, e.g. 2.2.1';
COMMENT ON COLUMN article."title" IS 'Titre / Title';
COMMENT ON COLUMN article."parent_number" IS 'Article parent / Parent article';
COMMENT ON COLUMN article."position" IS 'Rang dans l''acte / Rank in the act';
COMMENT ON COLUMN article."text" IS 'Texte intégral / Full text';
COMMENT ON COLUMN article."page_first" IS 'Première page / First page';
COMMENT ON COLUMN article."page_last" IS 'Dernière page / Last page';
COMMENT ON COLUMN article."x0" IS 'Gauche du titre, en points / Left of the heading, in points';
COMMENT ON COLUMN article."top" IS 'Haut du titre / Top of the heading';
COMMENT ON COLUMN article."x1" IS 'Droite du titre / Right of the heading';
COMMENT ON COLUMN article."bottom" IS 'Bas du titre / Bottom of the heading';

CREATE TABLE stated_amount (
    "document_id" VARCHAR NOT NULL,
    "article_number" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL CHECK ("kind" IN ('grant', 'eligible_cost', 'carry_over', 'total', 'other')),
    "exercise" VARCHAR,
    "amount_eur" DECIMAL(14, 2) NOT NULL,
    "quote" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE stated_amount IS 'Somme écrite dans un article / Sum that an article states in prose';
COMMENT ON COLUMN stated_amount."document_id" IS 'Document / Document';
COMMENT ON COLUMN stated_amount."article_number" IS 'Article qui l''énonce / Article that states it';
COMMENT ON COLUMN stated_amount."kind" IS 'Nature de la somme (grant | eligible_cost | carry_over | total | other) / Kind of sum (grant | eligible_cost | carry_over | total | other)';
COMMENT ON COLUMN stated_amount."exercise" IS 'Exercice concerné / Exercise concerned';
COMMENT ON COLUMN stated_amount."amount_eur" IS 'Montant en euros ; une même somme peut être redite, ne pas additionner (funding_by_territory) / Amount in euros; one sum may be told again, do not add up (funding_by_territory)';
COMMENT ON COLUMN stated_amount."quote" IS 'Phrase citée / Quoted sentence';
COMMENT ON COLUMN stated_amount."page" IS 'Page / Page';

CREATE TABLE stated_change (
    "document_id" VARCHAR NOT NULL,
    "article_number" VARCHAR NOT NULL,
    "rank" INTEGER NOT NULL,
    "number" VARCHAR NOT NULL,
    "change" VARCHAR NOT NULL CHECK ("change" IN ('replaced', 'completed', 'modified', 'repealed', 'added', 'renumbered')),
    "removed" VARCHAR,
    "added" VARCHAR,
    "quote" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE stated_change IS 'Ce qu''un article d''avenant change à un article de la convention, dans l''ordre du texte / What an article of an avenant changes in an article of the convention, in the order of the text';
COMMENT ON COLUMN stated_change."document_id" IS 'Document / Document';
COMMENT ON COLUMN stated_change."article_number" IS 'Article de l''avenant qui l''énonce / Article of the avenant that states it';
COMMENT ON COLUMN stated_change."rank" IS 'Rang dans l''article de l''avenant / Rank within the article of the avenant';
COMMENT ON COLUMN stated_change."number" IS 'Article modifié / Article changed';
COMMENT ON COLUMN stated_change."change" IS 'Ce que l''avenant en fait (replaced | completed | modified | repealed | added | renumbered) / What the avenant does to it (replaced | completed | modified | repealed | added | renumbered)';
COMMENT ON COLUMN stated_change."removed" IS 'Mots retirés ; NULL si le changement n''en cite pas / Words taken out; NULL where the change quotes none';
COMMENT ON COLUMN stated_change."added" IS 'Texte écrit à leur place, à celle de l''article ou à sa suite, ou nouveau numéro de l''article ; NULL s''il est abrogé / Text written in their place, in that of the article or behind it, or the article''s new number; NULL where repealed';
COMMENT ON COLUMN stated_change."quote" IS 'Phrase citée / Quoted sentence';
COMMENT ON COLUMN stated_change."page" IS 'Page / Page';

CREATE TABLE stated_fate (
    "document_id" VARCHAR NOT NULL,
    "article_number" VARCHAR,
    "reference_key" VARCHAR,
    "name" VARCHAR,
    "kept" BOOLEAN NOT NULL,
    "quote" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE stated_fate IS 'Ce qu''un article dit de la suite d''une action : « La fiche 6 est achevée », « L''action 2 est maintenue » / What an article says of what becomes of an action: its end, or that it goes on';
COMMENT ON COLUMN stated_fate."document_id" IS 'Document / Document';
COMMENT ON COLUMN stated_fate."article_number" IS 'Article qui l''énonce ; NULL pour un tableau de correspondance / Article that states it; NULL for a table of correspondence';
COMMENT ON COLUMN stated_fate."reference_key" IS 'Référence de l''action, comme action.reference_key / Reference of the action, as action.reference_key';
COMMENT ON COLUMN stated_fate."name" IS 'Sinon son intitulé, entre guillemets dans l''article / Else its name, in quotation marks in the article';
COMMENT ON COLUMN stated_fate."kept" IS 'Dite maintenue, et non achevée / Said to go on, and not to end';
COMMENT ON COLUMN stated_fate."quote" IS 'Phrase citée / Quoted sentence';
COMMENT ON COLUMN stated_fate."page" IS 'Page / Page';

CREATE TABLE page (
    "document_id" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    "kind" VARCHAR NOT NULL CHECK ("kind" IN ('prose', 'ruled_table', 'unruled_table', 'form', 'scan', 'blank')),
    "width" DOUBLE NOT NULL,
    "height" DOUBLE NOT NULL,
    "characters" INTEGER NOT NULL,
    "characters_in_tables" INTEGER NOT NULL,
    "ocr_confidence" DOUBLE,
    PRIMARY KEY ("document_id", "page"),
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE page IS 'Page d''un document : nature et volume de texte / Page of a document: kind and amount of text';
COMMENT ON COLUMN page."document_id" IS 'Document / Document';
COMMENT ON COLUMN page."page" IS 'Numéro de page / Page number';
COMMENT ON COLUMN page."kind" IS 'Nature (prose | ruled_table | unruled_table | form | scan | blank) / Kind (prose | ruled_table | unruled_table | form | scan | blank)';
COMMENT ON COLUMN page."width" IS 'Largeur, en points / Width, in points';
COMMENT ON COLUMN page."height" IS 'Hauteur, en points / Height, in points';
COMMENT ON COLUMN page."characters" IS 'Caractères imprimés / Printed characters';
COMMENT ON COLUMN page."characters_in_tables" IS 'Dont dans des tableaux / Of which inside tables';
COMMENT ON COLUMN page."ocr_confidence" IS 'Confiance moyenne de l''OCR / Mean OCR confidence';

CREATE TABLE furniture (
    "document_id" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    "text" VARCHAR NOT NULL,
    "x0" DOUBLE NOT NULL,
    "top" DOUBLE NOT NULL,
    "x1" DOUBLE NOT NULL,
    "bottom" DOUBLE NOT NULL,
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE furniture IS 'Tampon, note de bas de page, en-tête courant : hors du texte / Stamp, footnote, running head: kept apart from the text';
COMMENT ON COLUMN furniture."document_id" IS 'Document / Document';
COMMENT ON COLUMN furniture."page" IS 'Page / Page';
COMMENT ON COLUMN furniture."text" IS 'Texte / Text';
COMMENT ON COLUMN furniture."x0" IS 'Gauche, en points / Left, in points';
COMMENT ON COLUMN furniture."top" IS 'Haut, en points / Top, in points';
COMMENT ON COLUMN furniture."x1" IS 'Droite, en points / Right, in points';
COMMENT ON COLUMN furniture."bottom" IS 'Bas, en points / Bottom, in points';

CREATE TABLE hidden_area (
    "document_id" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    "x0" DOUBLE NOT NULL,
    "top" DOUBLE NOT NULL,
    "x1" DOUBLE NOT NULL,
    "bottom" DOUBLE NOT NULL,
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE hidden_area IS 'Coordonnées et comptes bancaires, recouverts sur les images des pages / Contacts and bank details, painted over on the pictures of pages';
COMMENT ON COLUMN hidden_area."document_id" IS 'Document / Document';
COMMENT ON COLUMN hidden_area."page" IS 'Page / Page';
COMMENT ON COLUMN hidden_area."x0" IS 'Gauche, en points / Left, in points';
COMMENT ON COLUMN hidden_area."top" IS 'Haut, en points / Top, in points';
COMMENT ON COLUMN hidden_area."x1" IS 'Droite, en points / Right, in points';
COMMENT ON COLUMN hidden_area."bottom" IS 'Bas, en points / Bottom, in points';

CREATE TABLE annex_table (
    "table_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "annex" VARCHAR,
    "title" VARCHAR,
    "page_first" INTEGER NOT NULL,
    "page_last" INTEGER NOT NULL,
    "row_count" INTEGER NOT NULL,
    "column_count" INTEGER NOT NULL,
    "extractor" VARCHAR NOT NULL,
    "agreement" DOUBLE,
    "characters" INTEGER NOT NULL,
    "characters_in_cells" INTEGER NOT NULL,
    PRIMARY KEY ("table_id"),
    FOREIGN KEY ("document_id") REFERENCES document ("document_id")
);
COMMENT ON TABLE annex_table IS 'Tableau d''annexe, coupures de page réparées / Annex table, page breaks healed';
COMMENT ON COLUMN annex_table."table_id" IS 'Identifiant du tableau / Table identifier';
COMMENT ON COLUMN annex_table."document_id" IS 'Document / Document';
COMMENT ON COLUMN annex_table."annex" IS 'Numéro d''annexe / Annex number';
COMMENT ON COLUMN annex_table."title" IS 'Titre du tableau / Title of the table';
COMMENT ON COLUMN annex_table."page_first" IS 'Première page / First page';
COMMENT ON COLUMN annex_table."page_last" IS 'Dernière page / Last page';
COMMENT ON COLUMN annex_table."row_count" IS 'Lignes hors en-tête et intertitres / Rows besides head and section titles';
COMMENT ON COLUMN annex_table."column_count" IS 'Nombre de colonnes / Number of columns';
COMMENT ON COLUMN annex_table."extractor" IS 'Lecteur retenu / Reader that was kept';
COMMENT ON COLUMN annex_table."agreement" IS 'Part des cellules sur lesquelles deux lecteurs s''accordent ; vide où le dessin et les totaux du tableau n''admettent qu''une lecture / Share of cells on which two readers agree; empty where the table''s drawing and totals leave one reading only';
COMMENT ON COLUMN annex_table."characters" IS 'Caractères dans l''emprise du tableau / Characters inside the table''s area';
COMMENT ON COLUMN annex_table."characters_in_cells" IS 'Caractères rendus dans les cellules / Characters that ended in cells';

CREATE TABLE annex_column (
    "table_id" VARCHAR NOT NULL,
    "column_index" INTEGER NOT NULL,
    "header" VARCHAR,
    "field" VARCHAR,
    "exercise" VARCHAR,
    "similarity" DOUBLE,
    "unit" INTEGER NOT NULL,
    "adds_up" VARCHAR,
    PRIMARY KEY ("table_id", "column_index"),
    FOREIGN KEY ("table_id") REFERENCES annex_table ("table_id")
);
COMMENT ON TABLE annex_column IS 'Colonne d''un tableau et champ qui l''explique / Column of a table and its field';
COMMENT ON COLUMN annex_column."table_id" IS 'Tableau / Table';
COMMENT ON COLUMN annex_column."column_index" IS 'Colonne, à partir de 1 / Column, from 1';
COMMENT ON COLUMN annex_column."header" IS 'Intitulé / Heading';
COMMENT ON COLUMN annex_column."field" IS 'Champ reconnu ; NULL si rien n''explique / Field; NULL where unexplained';
COMMENT ON COLUMN annex_column."exercise" IS 'Exercice que l''intitulé nomme / Exercise that the heading names';
COMMENT ON COLUMN annex_column."similarity" IS 'Ressemblance au vocabulaire, 0 à 1 / Likeness to the vocabulary, 0 to 1';
COMMENT ON COLUMN annex_column."unit" IS 'Euros que vaut 1 dans la colonne : 1000 si elle est en k€ / Euros that 1 stands for in the column: 1000 where it is in k€';
COMMENT ON COLUMN annex_column."adds_up" IS 'Colonnes dont elle est la somme sur chaque ligne, p. ex. 3+4+5 / Columns that it adds up on every row, e.g. 3+4+5';

CREATE TABLE cell (
    "table_id" VARCHAR NOT NULL,
    "row_index" INTEGER NOT NULL,
    "column_index" INTEGER NOT NULL,
    "header" VARCHAR,
    "text" VARCHAR,
    "bold" BOOLEAN NOT NULL,
    "row_kind" VARCHAR NOT NULL CHECK ("row_kind" IN ('body', 'total', 'section', 'replaced')),
    "section" VARCHAR,
    "page" INTEGER NOT NULL,
    "x0" DOUBLE NOT NULL,
    "top" DOUBLE NOT NULL,
    "x1" DOUBLE NOT NULL,
    "bottom" DOUBLE NOT NULL,
    "confidence" DOUBLE,
    "note" VARCHAR,
    PRIMARY KEY ("table_id", "row_index", "column_index"),
    FOREIGN KEY ("table_id") REFERENCES annex_table ("table_id")
);
COMMENT ON TABLE cell IS 'Cellule d''un tableau d''annexe / Cell of an annex table';
COMMENT ON COLUMN cell."table_id" IS 'Tableau / Table';
COMMENT ON COLUMN cell."row_index" IS 'Ligne, à partir de 1 / Row, from 1';
COMMENT ON COLUMN cell."column_index" IS 'Colonne, à partir de 1 / Column, from 1';
COMMENT ON COLUMN cell."header" IS 'Intitulé de la colonne / Column heading';
COMMENT ON COLUMN cell."text" IS 'Texte / Text';
COMMENT ON COLUMN cell."bold" IS 'En gras / In bold';
COMMENT ON COLUMN cell."row_kind" IS 'Ligne ordinaire, total, version remplacée par la suivante, ou texte sur toute la largeur sous la dernière ligne (body | total | section | replaced) / Entry, totals row, wording that the next row replaces, or text across below the last row (body | total | section | replaced)';
COMMENT ON COLUMN cell."section" IS 'Intertitre au-dessus de la ligne / Section title above the row';
COMMENT ON COLUMN cell."page" IS 'Page où la cellule commence / Page where the cell begins';
COMMENT ON COLUMN cell."x0" IS 'Gauche, en points / Left, in points';
COMMENT ON COLUMN cell."top" IS 'Haut, en points / Top, in points';
COMMENT ON COLUMN cell."x1" IS 'Droite, en points / Right, in points';
COMMENT ON COLUMN cell."bottom" IS 'Bas, en points / Bottom, in points';
COMMENT ON COLUMN cell."confidence" IS 'Confiance de l''OCR / OCR confidence';
COMMENT ON COLUMN cell."note" IS 'Notes que la cellule appelle / Notes that the cell calls';

CREATE TABLE organisation (
    "organisation_id" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "kind" VARCHAR,
    "territory_id" VARCHAR,
    PRIMARY KEY ("organisation_id")
);
COMMENT ON TABLE organisation IS 'Organisation / Organisation';
COMMENT ON COLUMN organisation."organisation_id" IS 'Identifiant / Identifier';
COMMENT ON COLUMN organisation."name" IS 'Nom / Name';
COMMENT ON COLUMN organisation."kind" IS 'Nature / Kind';
COMMENT ON COLUMN organisation."territory_id" IS 'Territoire, si elle lui est propre / Territory, if local to it';

CREATE TABLE organisation_alias (
    "alias" VARCHAR NOT NULL,
    "territory_id" VARCHAR,
    "organisation_id" VARCHAR NOT NULL,
    FOREIGN KEY ("organisation_id") REFERENCES organisation ("organisation_id")
);
COMMENT ON TABLE organisation_alias IS 'Graphie d''une organisation / Spelling of an organisation';
COMMENT ON COLUMN organisation_alias."alias" IS 'Graphie / Spelling';
COMMENT ON COLUMN organisation_alias."territory_id" IS 'Territoire où elle vaut / Territory where it holds';
COMMENT ON COLUMN organisation_alias."organisation_id" IS 'Organisation / Organisation';

CREATE TABLE action (
    "action_id" VARCHAR NOT NULL,
    "document_id" VARCHAR NOT NULL,
    "territory_id" VARCHAR,
    "exercise" VARCHAR,
    "table_id" VARCHAR,
    "row_index" INTEGER,
    "reference" VARCHAR,
    "reference_key" VARCHAR,
    "funded" BOOLEAN,
    "pilot_raw" VARCHAR,
    "label" VARCHAR,
    "objective" VARCHAR,
    "description" VARCHAR,
    "indicators" VARCHAR,
    "status_raw" VARCHAR,
    "status" VARCHAR NOT NULL CHECK ("status" IN ('planned', 'in_progress', 'renewed', 'increased', 'modified', 'done', 'abandoned', 'unknown')),
    "comment" VARCHAR,
    "expense_category" VARCHAR,
    "theme" VARCHAR,
    "classified_by" VARCHAR,
    "section" VARCHAR,
    "run_by_beneficiary" BOOLEAN,
    "other" VARCHAR,
    "page" INTEGER NOT NULL,
    PRIMARY KEY ("action_id"),
    FOREIGN KEY ("document_id") REFERENCES document ("document_id"),
    FOREIGN KEY ("territory_id") REFERENCES territory ("territory_id")
);
COMMENT ON TABLE action IS 'Une action telle qu''un document l''énonce pour un exercice / One action as one document states it for one exercise';
COMMENT ON COLUMN action."action_id" IS 'Identifiant / Identifier';
COMMENT ON COLUMN action."document_id" IS 'Document / Document';
COMMENT ON COLUMN action."territory_id" IS 'Territoire / Territory';
COMMENT ON COLUMN action."exercise" IS 'Exercice / Exercise';
COMMENT ON COLUMN action."table_id" IS 'Tableau d''origine / Table of origin';
COMMENT ON COLUMN action."row_index" IS 'Ligne du tableau / Row of the table';
COMMENT ON COLUMN action."reference" IS 'Référence donnée par le document / Reference given by the document';
COMMENT ON COLUMN action."reference_key" IS 'La référence réduite à ce qui s''en compare : « FA n° 3 » et « Fiche 3 » → 3 / What of the reference is compared: ''FA n° 3'' and ''Fiche 3'' → 3';
COMMENT ON COLUMN action."funded" IS 'L''AMI paie pour cet exercice / The AMI pays in this exercise';
COMMENT ON COLUMN action."pilot_raw" IS 'Pilote, tel qu''écrit / Pilot, as written';
COMMENT ON COLUMN action."label" IS 'Intitulé / Label';
COMMENT ON COLUMN action."objective" IS 'Objectif / Objective';
COMMENT ON COLUMN action."description" IS 'Description / Description';
COMMENT ON COLUMN action."indicators" IS 'Résultats attendus, indicateurs / Expected results, indicators';
COMMENT ON COLUMN action."status_raw" IS 'Statut, tel qu''écrit / Status, as written';
COMMENT ON COLUMN action."status" IS 'Statut normalisé (planned | in_progress | renewed | increased | modified | done | abandoned | unknown) / Normalised status (planned | in_progress | renewed | increased | modified | done | abandoned | unknown)';
COMMENT ON COLUMN action."comment" IS 'Commentaire / Comment';
COMMENT ON COLUMN action."expense_category" IS 'Catégorie de dépense éligible / Eligible expense category';
COMMENT ON COLUMN action."theme" IS 'Thème commun aux territoires / Theme shared across territories';
COMMENT ON COLUMN action."classified_by" IS 'Termes qui ont décidé du thème et de la catégorie, en JSON / Terms that decided the theme and the category, as JSON';
COMMENT ON COLUMN action."section" IS 'Axe ou intertitre du tableau / Section title in the table';
COMMENT ON COLUMN action."run_by_beneficiary" IS 'Portée par le bénéficiaire (gras) / Run by the beneficiary (bold)';
COMMENT ON COLUMN action."other" IS 'Colonnes qu''aucun champ n''explique, en JSON / Columns that no field explains, as JSON';
COMMENT ON COLUMN action."page" IS 'Page / Page';

CREATE TABLE action_pilot (
    "action_id" VARCHAR NOT NULL,
    "organisation_id" VARCHAR NOT NULL,
    PRIMARY KEY ("action_id", "organisation_id"),
    FOREIGN KEY ("action_id") REFERENCES action ("action_id"),
    FOREIGN KEY ("organisation_id") REFERENCES organisation ("organisation_id")
);
COMMENT ON TABLE action_pilot IS 'Pilote d''une action / Pilot of an action';
COMMENT ON COLUMN action_pilot."action_id" IS 'Action / Action';
COMMENT ON COLUMN action_pilot."organisation_id" IS 'Organisation / Organisation';

CREATE TABLE funding (
    "action_id" VARCHAR NOT NULL,
    "exercise" VARCHAR,
    "funder" VARCHAR,
    "stage" VARCHAR NOT NULL CHECK ("stage" IN ('requested', 'planned', 'granted', 'spent', 'previous', 'total_cost', 'carry_over')),
    "amount_eur" DECIMAL(14, 2),
    "raw" VARCHAR NOT NULL,
    "note" VARCHAR,
    "page" INTEGER NOT NULL,
    "x0" DOUBLE,
    "top" DOUBLE,
    "x1" DOUBLE,
    "bottom" DOUBLE,
    FOREIGN KEY ("action_id") REFERENCES action ("action_id")
);
COMMENT ON TABLE funding IS 'Somme attachée à une action / Sum attached to an action';
COMMENT ON COLUMN funding."action_id" IS 'Action / Action';
COMMENT ON COLUMN funding."exercise" IS 'Exercice de la somme / Exercise of the sum';
COMMENT ON COLUMN funding."funder" IS '''AMI'' ou financeur ; NULL si non dit / ''AMI'' or funder; NULL where not said';
COMMENT ON COLUMN funding."stage" IS 'Étape de la somme (requested | planned | granted | spent | previous | total_cost | carry_over) / Stage of the sum (requested | planned | granted | spent | previous | total_cost | carry_over)';
COMMENT ON COLUMN funding."amount_eur" IS 'Montant en euros ; n''additionner que d''une étape, et que ce que les actes suivants n''énoncent pas à nouveau (action_counted) / Amount in euros; add up those of one stage only, and what no following act states again (action_counted)';
COMMENT ON COLUMN funding."raw" IS 'Texte de la cellule / Text of the cell';
COMMENT ON COLUMN funding."note" IS 'Notes que la cellule appelle : réserves, arrondis… / Notes that the cell calls: conditions, rounding…';
COMMENT ON COLUMN funding."page" IS 'Page / Page';
COMMENT ON COLUMN funding."x0" IS 'Gauche, en points / Left, in points';
COMMENT ON COLUMN funding."top" IS 'Haut, en points / Top, in points';
COMMENT ON COLUMN funding."x1" IS 'Droite, en points / Right, in points';
COMMENT ON COLUMN funding."bottom" IS 'Bas, en points / Bottom, in points';

CREATE TABLE mention (
    "action_id" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL CHECK ("kind" IN ('comes_from', 'becomes', 'ended', 'moved')),
    "reference" VARCHAR,
    "name" VARCHAR,
    "quote" VARCHAR NOT NULL,
    "page" INTEGER NOT NULL,
    FOREIGN KEY ("action_id") REFERENCES action ("action_id")
);
COMMENT ON TABLE mention IS 'Ce qu''un document dit lui-même de la suite d''une action / What a document itself says of an action''s continuation';
COMMENT ON COLUMN mention."action_id" IS 'Action qui porte la mention / Action that carries the mention';
COMMENT ON COLUMN mention."kind" IS 'Sens de la mention (comes_from | becomes | ended | moved) / Direction of the mention (comes_from | becomes | ended | moved)';
COMMENT ON COLUMN mention."reference" IS 'Référence de l''autre action / Reference of the other action';
COMMENT ON COLUMN mention."name" IS 'Intitulé de l''autre action, entre guillemets dans le document / Name of the other action, in quotation marks in the document';
COMMENT ON COLUMN mention."quote" IS 'Citation / Quote';
COMMENT ON COLUMN mention."page" IS 'Page / Page';

CREATE TABLE link (
    "source_action_id" VARCHAR NOT NULL,
    "target_action_id" VARCHAR NOT NULL,
    "relation" VARCHAR NOT NULL CHECK ("relation" IN ('continues', 'splits', 'merges')),
    "score" DOUBLE NOT NULL,
    "decided_by" VARCHAR NOT NULL CHECK ("decided_by" IN ('auto', 'human', 'document')),
    "evidence" VARCHAR NOT NULL,
    PRIMARY KEY ("source_action_id", "target_action_id"),
    FOREIGN KEY ("source_action_id") REFERENCES action ("action_id"),
    FOREIGN KEY ("target_action_id") REFERENCES action ("action_id")
);
COMMENT ON TABLE link IS 'Lien : l''action cible continue l''action source / Link: the target carries on the source';
COMMENT ON COLUMN link."source_action_id" IS 'Action antérieure / Earlier action';
COMMENT ON COLUMN link."target_action_id" IS 'Action postérieure / Later action';
COMMENT ON COLUMN link."relation" IS 'Continue, se divise, fusionne (continues | splits | merges) / Continues, splits, merges (continues | splits | merges)';
COMMENT ON COLUMN link."score" IS 'Probabilité estimée, 0 à 1 / Estimated probability, 0 to 1';
COMMENT ON COLUMN link."decided_by" IS 'Décidé par (auto | human | document) / Decided by (auto | human | document)';
COMMENT ON COLUMN link."evidence" IS 'Éléments de preuve, en JSON / Evidence, as JSON';

CREATE TABLE candidate_pair (
    "source_action_id" VARCHAR NOT NULL,
    "target_action_id" VARCHAR NOT NULL,
    "score" DOUBLE NOT NULL,
    "evidence" VARCHAR NOT NULL,
    PRIMARY KEY ("source_action_id", "target_action_id"),
    FOREIGN KEY ("source_action_id") REFERENCES action ("action_id"),
    FOREIGN KEY ("target_action_id") REFERENCES action ("action_id")
);
COMMENT ON TABLE candidate_pair IS 'Paire ni liée ni écartée avec assurance / Pair neither linked nor rejected with confidence';
COMMENT ON COLUMN candidate_pair."source_action_id" IS 'Action antérieure / Earlier action';
COMMENT ON COLUMN candidate_pair."target_action_id" IS 'Action postérieure / Later action';
COMMENT ON COLUMN candidate_pair."score" IS 'Probabilité estimée, 0 à 1 / Estimated probability, 0 to 1';
COMMENT ON COLUMN candidate_pair."evidence" IS 'Éléments de preuve, en JSON / Evidence, as JSON';

CREATE TABLE lineage (
    "lineage_id" VARCHAR NOT NULL,
    "action_id" VARCHAR NOT NULL,
    "main" BOOLEAN NOT NULL,
    PRIMARY KEY ("lineage_id", "action_id"),
    FOREIGN KEY ("action_id") REFERENCES action ("action_id")
);
COMMENT ON TABLE lineage IS 'Filiation : une action à travers les années / Lineage: one action through the years';
COMMENT ON COLUMN lineage."lineage_id" IS 'Filiation / Lineage';
COMMENT ON COLUMN lineage."action_id" IS 'Action / Action';
COMMENT ON COLUMN lineage."main" IS 'Filiation où compte l''argent de l''action ; faux pour celles qu''elle absorbe / Lineage in which the action''s money counts; false for those that it absorbs';

CREATE TABLE judgement (
    "left_territory" VARCHAR NOT NULL,
    "left_exercise" VARCHAR NOT NULL,
    "left_label" VARCHAR NOT NULL,
    "right_territory" VARCHAR NOT NULL,
    "right_exercise" VARCHAR NOT NULL,
    "right_label" VARCHAR NOT NULL,
    "judgement" VARCHAR NOT NULL CHECK ("judgement" IN ('positive', 'negative', 'unsure')),
    "author" VARCHAR,
    "decided_on" DATE,
    "note" VARCHAR
);
COMMENT ON TABLE judgement IS 'Décision humaine sur une paire d''actions / Human decision on a pair of actions';
COMMENT ON COLUMN judgement."left_territory" IS 'Territoire de gauche / Left territory';
COMMENT ON COLUMN judgement."left_exercise" IS 'Exercice de gauche / Left exercise';
COMMENT ON COLUMN judgement."left_label" IS 'Intitulé de gauche / Left label';
COMMENT ON COLUMN judgement."right_territory" IS 'Territoire de droite / Right territory';
COMMENT ON COLUMN judgement."right_exercise" IS 'Exercice de droite / Right exercise';
COMMENT ON COLUMN judgement."right_label" IS 'Intitulé de droite / Right label';
COMMENT ON COLUMN judgement."judgement" IS 'Verdict (positive | negative | unsure) / Verdict (positive | negative | unsure)';
COMMENT ON COLUMN judgement."author" IS 'Auteur / Author';
COMMENT ON COLUMN judgement."decided_on" IS 'Date / Date';
COMMENT ON COLUMN judgement."note" IS 'Note / Note';

CREATE TABLE finding (
    "finding_id" VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    "severity" VARCHAR NOT NULL CHECK ("severity" IN ('error', 'warning', 'info')),
    "document_id" VARCHAR,
    "action_id" VARCHAR,
    "article_number" VARCHAR,
    "page" INTEGER,
    "message" VARCHAR NOT NULL,
    "expected" VARCHAR,
    "observed" VARCHAR,
    PRIMARY KEY ("finding_id")
);
COMMENT ON TABLE finding IS 'Contradiction des documents ou lecture incertaine / Contradiction of the documents, or doubtful reading';
COMMENT ON COLUMN finding."finding_id" IS 'Identifiant stable / Stable identifier';
COMMENT ON COLUMN finding."rule" IS 'Règle / Rule';
COMMENT ON COLUMN finding."severity" IS 'Gravité (error | warning | info) / Severity (error | warning | info)';
COMMENT ON COLUMN finding."document_id" IS 'Document / Document';
COMMENT ON COLUMN finding."action_id" IS 'Action / Action';
COMMENT ON COLUMN finding."article_number" IS 'Article / Article';
COMMENT ON COLUMN finding."page" IS 'Page / Page';
COMMENT ON COLUMN finding."message" IS 'Message en français / Message, in French';
COMMENT ON COLUMN finding."expected" IS 'Valeur attendue / Expected value';
COMMENT ON COLUMN finding."observed" IS 'Valeur observée / Observed value';
