-- Convention en vigueur
-- Convention in force
-- document_id: Convention / Convention
-- number: Article / Article
-- title: Titre / Title
-- change: Changement / Change
-- text: Texte en vigueur / Text in force
-- source_document_id: Source / Source
-- source_article: Article source / Source article
-- page: Page / Page
SELECT document_id, number, title, change, text, source_document_id, source_article, page
FROM convention_in_force
ORDER BY document_id, position, number
