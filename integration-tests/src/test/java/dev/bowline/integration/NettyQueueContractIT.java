package dev.bowline.integration;

class NettyQueueContractIT extends QueueContract implements OnNetty {}
