-- Categories that are pay at the newest version; hides the dated view on this cursor.
-- grain: category
-- reads: people_category
-- units: none
create or replace temporary view live_people_category as
select *
from people_category
where removed_by = 2147483647
