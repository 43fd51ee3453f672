DAILY = """
select order_id, customer_id, sum(amount) as amount
from `acme-prod.sales.orders`
left join `acme-prod.sales.order_lines` using (order_id)
where date(created_at) = @day
group by 1, 2
"""
