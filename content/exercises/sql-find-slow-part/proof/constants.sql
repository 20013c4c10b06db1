SELECT 4118 AS waiting, 331 AS refunds, 262 AS orders, 1061 AS items, 10943000 AS revenue_cents;
