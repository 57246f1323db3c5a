-- A number of an order is compared without what people and programs write around it so that a workbook keeps its digits: an apostrophe
-- in front, or ="…". Orders that were kept with it get their key again from the code when the next order of their source comes, so that
-- the hotline's file of all days finds them and enters nothing twice.
UPDATE orders SET order_key = NULL WHERE order_no LIKE '%''%' OR order_no LIKE '%’%' OR order_no LIKE '%‘%' OR order_no LIKE '%＇%'
    OR order_no LIKE '%=%';
